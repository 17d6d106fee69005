//! `Intl` of the browser (ECMA-402).

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `Intl.DateTimeFormat`.
    #[wasm_bindgen(js_namespace = Intl, js_name = DateTimeFormat)]
    pub(super) type Format;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl, js_class = "DateTimeFormat")]
    fn new(locale: &str, options: &Object) -> Result<Format, JsValue>;
    /// A point in time, in milliseconds since 1970.
    #[wasm_bindgen(method)]
    pub(super) fn format(this: &Format, milliseconds: f64) -> String;
    /// From one point in time to another: what both have alike stands once.
    #[wasm_bindgen(method, catch, js_name = formatRange)]
    pub(super) fn format_range(this: &Format, first: f64, last: f64) -> Result<String, JsValue>;
    /// What it came to be of what was asked for.
    #[wasm_bindgen(method, js_name = resolvedOptions)]
    pub(super) fn options(this: &Format) -> Object;

    /// All values that are known of a kind, such as `timeZone`.
    #[wasm_bindgen(catch, js_namespace = Intl, js_name = supportedValuesOf)]
    pub(super) fn supported_values_of(key: &str) -> Result<Array, JsValue>;
}

impl Format {
    /// How a locale writes what `options` ask for; `None` where the browser does
    /// not know one of them.
    pub(super) fn with<'a>(
        locale: &str,
        options: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Option<Self> {
        let own = Object::new();
        for (key, value) in options {
            Reflect::set(&own, &key.into(), &value.into()).ok()?;
        }
        Self::new(locale, &own).ok()
    }
}
