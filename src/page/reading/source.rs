//! Where the data of an endpoint is: what the page's address names after
//! `?source=`, or a person.

use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use web_sys::Url;

use crate::text::Trouble;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_namespace = ["window", "mailflow"], js_name = form)]
    static FORM: String;
    /// The address of another origin that the page was built with; else empty.
    #[wasm_bindgen(thread_local_v2, js_namespace = ["window", "mailflow"], js_name = endpoint)]
    static BUILT_WITH: String;
}

/// Whether this is the page as a single file, whose policy allows no connection.
pub(crate) fn is_one_file() -> bool {
    FORM.with(|form| form == "file")
}

/// The address of an endpoint that the page's policy allows.
#[derive(Clone)]
pub(crate) struct Source {
    url: Url,
    /// Whether it is of the page's own origin.
    pub(super) own: bool,
}

impl Source {
    /// What the page's address names; `None` if nothing.
    pub(crate) fn named() -> Option<Result<Self, Trouble>> {
        let page = Url::new(&window().location().href().ok()?).ok()?;
        page.search_params().get("source").map(|source| Self::to(&source))
    }

    /// An address that a person gave, relative to the page.
    pub(crate) fn to(source: &str) -> Result<Self, Trouble> {
        if is_one_file() {
            return Err(Trouble::OneFile);
        }
        let none = || Trouble::NoAddress(source.to_owned());
        let location = window().location();
        let page = location.href().map_err(|_| none())?;
        let url = Url::new_with_base(source.trim(), &page).map_err(|_| none())?;
        if source.trim().is_empty() {
            return Err(none());
        }
        // `blob:` has an origin too.
        let own =
            Ok(url.origin()) == location.origin() && Ok(url.protocol()) == location.protocol();
        let source = Self { url, own };
        if !source.own && BUILT_WITH.with(|allowed| *allowed != source.path()) {
            // `data:` and the like have none.
            let origin = Some(source.url.origin());
            let origin = origin
                .filter(|origin| origin != "null" && origin.starts_with(&source.url.protocol()));
            return Err(Trouble::OtherOrigin {
                origin: origin.unwrap_or_else(|| source.url.protocol()),
                allowed: BUILT_WITH.with(Clone::clone),
            });
        }
        // A policy that ends in a slash would allow everything below it.
        if source.url.pathname().ends_with('/') {
            return Err(Trouble::Folder);
        }
        source.url.set_hash("");
        Ok(source)
    }

    /// The address of the first page.
    pub(super) fn first(&self) -> String {
        self.url.href()
    }

    /// The address without its query, by which the policy knows it.
    pub(crate) fn path(&self) -> String {
        [self.url.origin(), self.url.pathname()].concat()
    }

    /// How it is called among files.
    pub(super) fn name(&self) -> String {
        let name = [self.url.pathname(), self.url.search()].concat();
        if self.own { name } else { [self.url.origin(), name].concat() }
    }

    /// Where report requests go.
    pub(super) fn requests(&self) -> String {
        [self.path().as_str(), "/report-requests"].concat()
    }

    /// The address of a next page, which `page` names.
    pub(super) fn next(&self, page: &str, next: &str) -> Result<String, Trouble> {
        let elsewhere = || Trouble::NextElsewhere(next.chars().take(200).collect());
        let url = Url::new_with_base(next, page).map_err(|_| elsewhere())?;
        url.set_hash("");
        let same = Self { url, own: self.own };
        if same.path() == self.path() { Ok(same.first()) } else { Err(elsewhere()) }
    }
}
