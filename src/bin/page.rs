//! The page, and its worker: one program, which looks where it runs. What both
//! use is loaded, compiled and cached once.

use wasm_bindgen::JsCast as _;
use web_sys::DedicatedWorkerGlobalScope;

fn main() {
    if js_sys::global().has_type::<DedicatedWorkerGlobalScope>() {
        mailflow::worker::serve();
    } else {
        mailflow::page::mount();
    }
}
