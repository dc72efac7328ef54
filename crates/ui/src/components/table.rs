//! Tables of the desk.

use leptos::prelude::*;

/// A table that scrolls inside its frame, with a caption for those who cannot see it.
///
/// The rows are the children: `<tr><td>…</td></tr>`, numbers with `class="number"`.
#[component]
pub fn DataTable(
    /// What the table shows.
    #[prop(into)]
    caption: Signal<String>,
    /// The heads of the columns; a head that starts with `#` is for numbers and stands on the right.
    #[prop(into)]
    columns: Signal<Vec<String>>,
    /// The caption is shown above the table as well.
    #[prop(optional)]
    show_caption: bool,
    /// The rows.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="table-frame" tabindex="0" role="region" aria-label=move || caption.get()>
            <table class="table">
                <caption class:visually-hidden=!show_caption>{move || caption.get()}</caption>
                <thead>
                    <tr>
                        {move || {
                            columns
                                .get()
                                .into_iter()
                                .map(|column| match column.strip_prefix('#') {
                                    Some(number) => {
                                        view! { <th scope="col" class="number">{number.to_owned()}</th> }
                                    }
                                    None => view! { <th scope="col" class="">{column}</th> },
                                })
                                .collect_view()
                        }}
                    </tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}
