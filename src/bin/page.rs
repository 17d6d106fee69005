//! The page.

fn main() {
    mailflow::page::mount();
}
