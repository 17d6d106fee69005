//! The one analysis that is remembered on this device: a file in the browser's
//! `IndexedDB`. It is put in the place of the one before in one transaction, so
//! there is always a whole one, or none.

use js_sys::{Array, Function, Promise};
use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, DomException, File, IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction,
    IdbTransactionMode,
};

const DATABASE: &str = "mailflow";
const STORE: &str = "analyses";
const KEY: &str = "last";

/// Why the browser does not do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It has no room for it.
    Full,
    /// It keeps nothing for this page.
    Forbidden,
}

impl From<JsValue> for Refused {
    fn from(error: JsValue) -> Self {
        let name = error.dyn_into::<DomException>().map(|error| error.name());
        match name.as_deref() {
            Ok("QuotaExceededError") => Self::Full,
            _ => Self::Forbidden,
        }
    }
}

/// What is kept.
pub(super) async fn kept() -> Result<Option<File>, Refused> {
    let (database, transaction, store) = open(IdbTransactionMode::Readonly).await?;
    let request = store.get(&KEY.into())?;
    let done = end(&transaction).await;
    database.close();
    done?;
    Ok(request.result()?.dyn_into().ok())
}

/// Keeps a file in the place of the one before, and gives it back.
pub(super) async fn keep(file: &Blob, name: &str) -> Result<File, Refused> {
    let file = File::new_with_blob_sequence(&Array::of1(file), name)?;
    let (database, transaction, store) = open(IdbTransactionMode::Readwrite).await?;
    let put = store.put_with_key(&file, &KEY.into());
    let done = match put {
        Ok(_) => end(&transaction).await,
        Err(error) => Err(error),
    };
    database.close();
    done?;
    Ok(file)
}

/// Forgets it.
pub(super) async fn forget() -> Result<(), Refused> {
    let (database, transaction, store) = open(IdbTransactionMode::Readwrite).await?;
    store.clear()?;
    let done = end(&transaction).await;
    database.close();
    Ok(done?)
}

async fn open(
    mode: IdbTransactionMode,
) -> Result<(IdbDatabase, IdbTransaction, IdbObjectStore), JsValue> {
    let factory = window().indexed_db()?.ok_or(JsValue::NULL)?;
    let request = factory.open_with_u32(DATABASE, 1)?;
    let new = request.clone();
    let make = Closure::<dyn FnMut()>::new(move || {
        // Fails only for one that is there, or a database that is gone.
        if let Ok(database) = new.result() {
            database.unchecked_into::<IdbDatabase>().create_object_store(STORE).ok();
        }
    });
    request.set_onupgradeneeded(Some(make.as_ref().unchecked_ref()));
    let opened = settled(|done, failed| {
        request.set_onsuccess(Some(done));
        request.set_onerror(Some(failed));
    });
    if opened.await.is_err() {
        return Err(why(&request));
    }
    let database: IdbDatabase = request.result()?.unchecked_into();
    let transaction = database.transaction_with_str_and_mode(STORE, mode)?;
    let store = transaction.object_store(STORE)?;
    Ok((database, transaction, store))
}

/// Waits until all of a transaction is done, or none.
async fn end(transaction: &IdbTransaction) -> Result<(), JsValue> {
    let ended = settled(|done, failed| {
        transaction.set_oncomplete(Some(done));
        transaction.set_onabort(Some(failed));
    });
    let why = || transaction.error().map_or(JsValue::NULL, JsValue::from);
    ended.await.map(|_| ()).map_err(|_| why())
}

fn why(request: &IdbRequest) -> JsValue {
    request.error().ok().flatten().map_or(JsValue::NULL, JsValue::from)
}

fn settled(listen: impl Fn(&Function, &Function)) -> JsFuture {
    JsFuture::from(Promise::new(&mut |done, failed| listen(&done, &failed)))
}
