use leptos::prelude::window;

/// What fills the page below its header. Each has an address, so that the
/// browser's back and forward work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum View {
    /// The first screen, or the cards once there are files.
    Dashboard,
    /// The table behind "Connector report".
    Connectors,
    /// The table behind "SMTP Auth clients report".
    Senders,
}

impl View {
    /// Its address on this page.
    pub(crate) const fn href(self) -> &'static str {
        match self {
            Self::Dashboard => "#",
            Self::Connectors => "#/connector-report",
            Self::Senders => "#/smtp-auth-clients-report",
        }
    }

    /// The view that the address names.
    pub(crate) fn current() -> Self {
        let hash = window().location().hash().unwrap_or_default();
        [Self::Connectors, Self::Senders]
            .into_iter()
            .find(|view| view.href() == hash)
            .unwrap_or(Self::Dashboard)
    }

    /// Goes to its address.
    pub(crate) fn open(self) {
        // Fails only for a document that is going away.
        window().location().set_hash(self.href()).unwrap_or_default();
    }
}
