use std::rc::Rc;

use leptos::prelude::*;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

use super::filter::of_all;
use crate::export::{addresses, detailed_name};
use crate::json::Json;
use crate::mail::{ConnectorType, Day, Direction, TlsState};
use crate::messages::{DetailedForm, Request};
use crate::page::chart::state_names;
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{Modal, labelled};
use crate::report::{DetailedQuery, ReportKind, Span};
use crate::text::{Catalogue, detailed_words, report_title};

/// "Request report" (CR-08, SA-10): the original mails the detailed report,
/// this makes the mail.
pub(crate) fn request_report(session: Session) -> Option<El> {
    let kind = session.reports.requesting.get()?;
    let t = session.texts();
    let closed = move || session.reports.requesting.set(None);
    let modal = Modal::new(session, t.report.request, "box", "request-title", closed);
    let form = Rc::new(Form::new(t, session, kind));
    let problem = RwSignal::new(String::new());
    let send = {
        let (form, modal) = (Rc::clone(&form), modal.clone());
        move |draft: bool| match form.request(t, kind, draft) {
            Ok(request) => {
                modal.close();
                session.ask_for(request);
            }
            Err(what) => problem.set(what),
        }
    };
    let download = {
        let send = send.clone();
        button(t.report.download_csv, move || send(false))
    };
    // An endpoint takes the request itself.
    let post = session.has_endpoint.get_untracked().then(|| {
        let (form, modal) = (Rc::clone(&form), modal.clone());
        let act = move || match form.asked(t, kind) {
            Ok((query, to)) => {
                modal.close();
                session.post_request(posted(&query, &to));
            }
            Err(what) => problem.set(what),
        };
        button(t.report.send_request, act).class("primary")
    });
    let class = if post.is_some() { "" } else { "primary" };
    let make = button(t.report.make_draft, move || send(true)).class(class);
    let cancel = modal.close_button(t.mapping.cancel);
    let error = el("p").class("error").attr("role", "alert");
    let body = el("div")
        .add(text_el("p", t.report.request_note))
        .adds(of_all(t, session.reports))
        .add(el("div").class("request-fields").adds(form.fields(t, kind)))
        .add(error.live_text(move || problem.get()));
    Some(modal.with(body, post.into_iter().chain([make, download, cancel])))
}

struct Form {
    first: El,
    last: El,
    to: El,
    direction: El,
    connector_type: El,
    tls: El,
}

const DIRECTIONS: [Option<Direction>; 3] =
    [None, Some(Direction::Inbound), Some(Direction::Outbound)];
const TYPES: [Option<ConnectorType>; 4] = [
    None,
    Some(ConnectorType::OnPremises),
    Some(ConnectorType::Partner),
    Some(ConnectorType::NoConnector),
];

impl Form {
    fn new(t: &'static Catalogue, session: Session, kind: ReportKind) -> Self {
        let shown = session.reports.report.with_untracked(|report| {
            report.as_ref().filter(|r| r.query.report == kind).and_then(|report| report.period)
        });
        let date = |day: Option<Day>| {
            let value = day.map(|day| day.to_string()).unwrap_or_default();
            el("input").attr("type", "date").attr("value", &value)
        };
        let options = |names: Vec<&'static str>| {
            el("select").adds(names.into_iter().map(|name| text_el("option", name)))
        };
        let types = TYPES.iter().flatten().map(|kind| (t.report.connector_type_word)(*kind));
        let versions = state_names(t).map(|(_, name)| name);
        let any = t.report.any;
        Self {
            first: date(shown.map(|period| period.first)),
            last: date(shown.map(|period| period.last)),
            to: el("textarea").attr("rows", "2").flag("autofocus", true),
            direction: options(vec![any, t.report.inbound_word, t.report.outbound_word]),
            connector_type: options([any].into_iter().chain(types).collect()),
            tls: options([any].into_iter().chain(versions).collect()),
        }
    }

    fn fields(&self, t: &'static Catalogue, kind: ReportKind) -> Vec<El> {
        let field =
            |id: &str, name: &str, input: &El| labelled(id, name, input.clone().attr("id", id));
        let help = text_el("span", t.report.recipients_help).class("weak");
        let mut fields = vec![
            field("request-from", t.report.start_date, &self.first),
            field("request-to", t.report.end_date, &self.last),
            field("request-recipients", t.report.recipients, &self.to)
                .add(help)
                .class("field whole"),
        ];
        if kind != ReportKind::Senders {
            fields.push(field("request-direction", t.report.direction, &self.direction));
            fields.push(field("request-type", t.report.connector_type, &self.connector_type));
        }
        fields.push(field("request-tls", t.report.tls_version, &self.tls));
        fields
    }

    /// What is to be asked and who is to get it, or what the person has to
    /// change.
    fn asked(
        &self,
        t: &'static Catalogue,
        kind: ReportKind,
    ) -> Result<(DetailedQuery, Vec<String>), String> {
        let date = |input: &El| Day::parse(&input.cast::<HtmlInputElement>().value());
        let span = match (date(&self.first), date(&self.last)) {
            (Some(first), Some(last)) if last < first => {
                return Err(t.report.ends_first.to_owned());
            }
            (Some(first), Some(last)) => Span::Days(first, last),
            _ => Span::All,
        };
        let to = addresses(&self.to.cast::<HtmlTextAreaElement>().value())
            .map_err(|part| (t.report.not_an_address)(&part))?;
        let chosen = |select: &El| {
            usize::try_from(select.cast::<HtmlSelectElement>().selected_index()).unwrap_or(0)
        };
        let tls: Option<TlsState> = chosen(&self.tls)
            .checked_sub(1)
            .and_then(|index| state_names(t).get(index).map(|(state, _)| *state));
        let query = DetailedQuery {
            report: kind,
            span,
            direction: DIRECTIONS.get(chosen(&self.direction)).copied().flatten(),
            connector_type: TYPES.get(chosen(&self.connector_type)).copied().flatten(),
            tls,
        };
        Ok((query, to.iter().map(|address| address.as_str().to_owned()).collect()))
    }

    /// The request to the worker.
    fn request(
        &self,
        t: &'static Catalogue,
        kind: ReportKind,
        draft: bool,
    ) -> Result<Request, String> {
        let (query, to) = self.asked(t, kind)?;
        let title = report_title(t, kind);
        let form = if draft {
            DetailedForm::Draft {
                title: title.to_owned(),
                note: t.report.attached.to_owned(),
                file: detailed_name(kind).to_owned(),
                to,
                now: crate::page::session::now_seconds(),
            }
        } else {
            DetailedForm::Csv
        };
        Ok(Request::Detailed { query, words: Box::new(detailed_words(t, kind)), form })
    }
}

/// What is posted to an endpoint; `docs/endpoint.md` documents it.
fn posted(query: &DetailedQuery, recipients: &[String]) -> String {
    let days = match query.span {
        Span::Days(first, last) => Some((first.to_string(), last.to_string())),
        Span::Last(_) | Span::All => None,
    };
    let (from, to) = days.unzip();
    let mut json = Json::compact().begin('{');
    json.number("version", 1);
    json.text(Some("report"), Some(query.report.code()));
    json.text(Some("from"), from.as_deref());
    json.text(Some("to"), to.as_deref());
    json.open(Some("recipients"), '[');
    for recipient in recipients {
        json.text(None, Some(recipient));
    }
    json.close(']');
    json.text(Some("direction"), query.direction.map(Direction::code));
    json.text(Some("connectorType"), query.connector_type.map(ConnectorType::code));
    json.text(Some("tls"), query.tls.map(TlsState::code));
    json.close('}');
    json.finish()
}
