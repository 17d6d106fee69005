//! English of saving.

use crate::text::Saving;

pub(super) const SAVING: Saving = Saving {
    open: "Save analysis…",
    title: "Save this analysis",
    about: &[
        "The file holds all that was read, the account of every file, the settings, the organizations and what \
         is ticked off in Readiness. Drop it on this page to go on with it, alone or beside other files.",
        "It holds addresses of senders, connectors and IP addresses: it is as confidential as your logs.",
        "Single messages with their recipients and subjects are not in it.",
    ],
    of_sample: "The fictitious sample stays marked as such.",
    save: "Save",
    saved: "The analysis was saved.",
    remember: "Remember on this device",
    remember_help: "This browser then keeps the same as in the saved file, in its storage for this page \
                    (IndexedDB), and opens it with the page. Whoever uses this browser can see it.",
    not_sample: "The fictitious sample is not remembered, nor is what is read beside it.",
    not_endpoint: "What is read of an endpoint is not remembered.",
    kept: |size, day| format!("Remembered: {size}, saved on {day}"),
    restored: |day| format!("This is what was remembered on this device, saved on {day}."),
    can_open: |day| format!("An analysis is remembered on this device, saved on {day}."),
    open_kept: "Open",
    forget: "Forget",
    forgotten: "Forgotten: nothing of an analysis is kept on this device any more.",
    waiting: "Nothing is remembered yet.",
    name: "Remembered analysis",
    full: "This browser has no room for the analysis, so this state of it is not remembered. Save it as a file, or free \
           space.",
    forbidden: "This browser keeps nothing for this page (a private window or a setting may be why), so the analysis is \
                not remembered. Save it as a file.",
    not_made: "The browser could not make the file; it may lack the memory. Close other tabs and try again.",
    unread: "What is remembered on this device could not be read; the reason is under Files. It stays there, \
             and is not replaced until you forget it or switch remembering on again.",
    differ: "A saved analysis came with other settings; those that held before it still hold.",
    too_late: "Time zone, year, internal hosts and connectors by host do not apply to what saved analyses hold: that \
               was read with the settings of then.",
};
