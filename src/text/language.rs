use super::Catalogue;

/// Makes the languages of a list: a name, and the folder of its texts.
macro_rules! languages {
    ($($(#[$meta:meta])* $name:ident: $folder:ident,)+) => {
        /// A language that the catalogue speaks.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum Language {
            $($(#[$meta])* $name,)+
        }

        impl Language {
            /// Every language, in the order in which it is offered.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its texts.
            pub const fn texts(self) -> &'static Catalogue {
                match self {
                    $(Self::$name => &super::$folder::TEXTS,)+
                }
            }
        }
    };
}

// A new language is a line here, a folder, and the folder's `mod` in mod.rs.
languages! {
    /// English, which also stands in for every language that is missing.
    #[default]
    English: en,
    /// Korean.
    Korean: ko,
}

impl Language {
    /// The language of a BCP 47 tag such as `ko-KR`.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?;
        Self::ALL
            .iter()
            .copied()
            .find(|language| language.texts().tag.eq_ignore_ascii_case(primary))
    }

    /// The first language of a list of preferences that the catalogue speaks.
    pub fn preferred<'a>(tags: impl IntoIterator<Item = &'a str>) -> Self {
        tags.into_iter().find_map(Self::of_tag).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn the_first_known_preference_wins() {
        assert_eq!(Language::preferred(["fr-FR", "ko-KR", "en"]), Language::Korean);
        assert_eq!(Language::preferred(["en-GB", "ko"]), Language::English);
        assert_eq!(Language::preferred(["fr"]), Language::English);
        assert_eq!(Language::preferred([]), Language::English);
    }
}
