//! Whose each dropped file is, where several organizations are looked at side
//! by side.

use crate::account::Owners;

/// By what files are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Grouping {
    /// By nothing: all are of one organization.
    #[default]
    Together,
    /// What was dropped at once is of one.
    ByDrop,
    /// What is in one folder is of one.
    ByFolder,
    /// Whose own domain it is.
    ByDomain,
}

impl Grouping {
    /// All of them.
    pub(crate) const ALL: [Self; 4] =
        [Self::Together, Self::ByDrop, Self::ByFolder, Self::ByDomain];
}

/// A file as far as it matters here: in which drop it came, its path, and
/// whose it is if the person said so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grouped<'a> {
    pub(super) drop: u32,
    pub(super) path: &'a str,
    pub(super) by_hand: Option<&'a [String]>,
}

/// Whose each file is.
pub(super) fn owners(grouping: Grouping, files: &[Grouped<'_>]) -> Vec<Owners> {
    let level = level(files);
    let owners = |file: &Grouped<'_>| {
        if let Some(names) = file.by_hand {
            return Owners::Named(names.to_vec());
        }
        match grouping {
            Grouping::Together => Owners::nobody(),
            Grouping::ByDrop => Owners::Named(vec![name_of_drop(files, file.drop)]),
            Grouping::ByFolder => {
                let folder = folders(file.path).nth(level).unwrap_or_default();
                Owners::Named(vec![folder.to_owned()])
            }
            Grouping::ByDomain => Owners::ByDomain,
        }
    };
    files.iter().map(owners).collect()
}

/// The folders of a path, the outermost first.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    let count = path.split('/').count();
    path.split('/').take(count - 1)
}

/// How deep the folders are that tell organizations apart: the outermost,
/// unless all files are in one that has folders itself (`customers/contoso/…`).
fn level(files: &[Grouped<'_>]) -> usize {
    let outermost = |file: &Grouped<'_>| folders(file.path).next().map(str::to_owned);
    let first = files.first().and_then(outermost);
    let one = first.is_some() && files.iter().all(|file| outermost(file) == first);
    usize::from(one && files.iter().any(|file| folders(file.path).nth(1).is_some()))
}

/// What a drop is called: after its folder, else its first file. Two that
/// would be called the same are numbered.
fn name_of_drop(files: &[Grouped<'_>], drop: u32) -> String {
    let plain = |drop: u32| {
        let first = files.iter().find(|file| file.drop == drop).map_or("", |file| file.path);
        folders(first).next().unwrap_or(first)
    };
    let name = plain(drop);
    match (0..drop).filter(|other| Owners::same(plain(*other), name)).count() {
        0 => name.to_owned(),
        before => format!("{name} ({})", before + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::{Grouped, Grouping, owners};
    use crate::account::Owners;

    fn names(grouping: Grouping, files: &[(u32, &str)]) -> Vec<String> {
        let files: Vec<_> =
            files.iter().map(|(drop, path)| Grouped { drop: *drop, path, by_hand: None }).collect();
        let name = |owners| match owners {
            Owners::Named(names) => names.join("+"),
            Owners::ByDomain => "?".to_owned(),
        };
        owners(grouping, &files).into_iter().map(name).collect()
    }

    #[test]
    fn drops_are_called_after_what_is_in_them() {
        let files = [(0, "a.csv"), (0, "b.csv"), (1, "week/a.csv"), (2, "A.csv"), (3, "a.csv")];
        let expected = ["a.csv", "a.csv", "week", "A.csv (2)", "a.csv (3)"];
        assert_eq!(names(Grouping::ByDrop, &files), expected);
    }

    #[test]
    fn folders_in_one_folder_are_what_tells_apart() {
        let files = [(0, "all/contoso/a.csv"), (0, "all/fabrikam/old/b.csv"), (0, "all/c.csv")];
        assert_eq!(names(Grouping::ByFolder, &files), ["contoso", "fabrikam", ""]);
        let files = [(0, "contoso/a.csv"), (1, "fabrikam/b.csv"), (2, "c.csv")];
        assert_eq!(names(Grouping::ByFolder, &files), ["contoso", "fabrikam", ""]);
        assert_eq!(names(Grouping::ByFolder, &[(0, "contoso/a.csv")]), ["contoso"]);
    }

    #[test]
    fn what_a_person_says_comes_first() {
        let said = ["Contoso".to_owned(), "Fabrikam".to_owned()];
        let file = Grouped { drop: 0, path: "x/a.csv", by_hand: Some(&said) };
        for grouping in Grouping::ALL {
            assert_eq!(owners(grouping, &[file]), [Owners::Named(said.to_vec())]);
        }
    }
}
