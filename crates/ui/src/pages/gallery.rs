//! Every widget in its states, to be looked at in each theme. Only in debug builds, so its words are not translated.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::components::*;

/// The gallery: `/galerie/visite`, `/galerie/reponses` …
#[component]
pub fn Gallery() -> impl IntoView {
    let params = use_params_map();
    move || match params.read().get("part").as_deref() {
        Some("visite") => view! { <Visit /> }.into_any(),
        Some("reponses") => view! { <Answers /> }.into_any(),
        Some("tournee") => view! { <Tour /> }.into_any(),
        Some("dechets") => view! { <Waste /> }.into_any(),
        Some("champs") => view! { <Fields /> }.into_any(),
        Some("etats") => view! { <States /> }.into_any(),
        Some("dialogue") => view! { <Question /> }.into_any(),
        Some("bureau") => view! { <Office /> }.into_any(),
        _ => view! { <Drawings /> }.into_any(),
    }
}

const QUESTIONS: [&str; 6] = [
    "Fièvre ou maladie aiguë aujourd’hui\u{202f}?",
    "Allergie à un composant du vaccin\u{202f}?",
    "Réaction grave après une dose\u{202f}?",
    "Myocardite ou péricardite après un vaccin ARNm\u{202f}?",
    "Traitement anticoagulant\u{202f}?",
    "Grossesse en cours\u{202f}?",
];

#[component]
fn Visit() -> impl IntoView {
    let answers = RwSignal::new(vec![Some(false), Some(false), Some(true), None, None, None]);
    let reasons = vec![
        Reason {
            answer: Answer::ConsentMissing,
            text: "Accord des deux titulaires demandé avant 16 ans".into(),
            layer: "Relais".into(),
            source: "Protocole du relais, version 3, 8 nov. 2021".into(),
            facts: vec![WhyLine { depth: 0, holds: Some(true), text: "Âge\u{a0}: moins de 16 ans — 14 ans".into() }],
        },
        Reason {
            answer: Answer::Judge,
            text: "Moins de 30 ans\u{a0}: à juger selon le profil et les doses".into(),
            layer: "National".into(),
            source: "HAS, 8 nov. 2021".into(),
            facts: Vec::new(),
        },
    ];
    view! {
        <PageHeader title="Théière, Inès" subtitle="14 ans · Comirnaty 30 µg · 2ᵉ dose" back="/">
            <StepTrail
                names=["Identité", "Questions", "Accord", "Injection", "Suite"].map(str::to_owned).to_vec()
                current=1usize
            />
        </PageHeader>
        <AnswerBanner
            answer=Answer::ConsentMissing
            reason="Moins de 16 ans\u{a0}: deux titulaires"
            change="Il manque l’accord d’un second titulaire"
            reasons=reasons
        />
        <Card>
            {QUESTIONS
                .iter()
                .enumerate()
                .map(|(index, question)| {
                    view! {
                        <YesNo
                            question=*question
                            value=move || answers.read()[index]
                            yes_warns=true
                            on_change=move |answer| answers.update(|all| all[index] = Some(answer))
                        />
                    }
                })
                .collect_view()}
        </Card>
        <MainAction
            label="Non à toutes, lues"
            icon=Glyph::Check
            hint="Toutes les questions sont à l’écran."
            on_press=|()| ()
        >
            <Button label="Reporter" on_press=|()| () />
        </MainAction>
    }
}

#[component]
fn Answers() -> impl IntoView {
    Answer::ALL
        .into_iter()
        .map(|answer| {
            view! {
                <AnswerBanner
                    answer=answer
                    reason="Dernière dose le 16 juillet 2021"
                    change="Possible à partir du 3 mars"
                />
            }
        })
        .collect_view()
}

#[component]
fn Tour() -> impl IntoView {
    let timers = vec![
        TimerView { key: "1".into(), who: "Boussole".into(), left: 845, href: "/".into(), elsewhere: false },
        TimerView { key: "2".into(), who: "Lanterne".into(), left: -3, href: "/".into(), elsewhere: true },
    ];
    let row =
        |title: &str, detail: &str, hour: &'static str, current: bool, done: bool, tone: Tone, state: &'static str| {
            view! {
                <ListRow
                    title=title.to_owned()
                    detail=detail.to_owned()
                    href="/"
                    lead=move || hour
                    trail=move || view! { <StatusPill tone=tone label=state /> }
                    current=current
                    done=done
                />
            }
        };
    view! {
        <TimerBar timers=timers />
        <PageHeader title="Ma tournée" subtitle="jeudi 16 décembre 2021 · 25 visites" />
        <div class="figures">
            <KeyFigure value="7" label="doses restantes" icon=Glyph::Syringe />
            <KeyFigure value="1 h 05" label="avant péremption" tone=Tone::Warning icon=Glyph::Clock />
            <KeyFigure value="4,8 °C" label="boîte à 10 h 30" tone=Tone::Good icon=Glyph::CoolBox />
        </div>
        <Card title="Prochaine visite" icon=Glyph::Door>
            <p>"12 rue Jules Guesde, 3ᵉ étage · code 45B7"</p>
            <div class="actions">
                <LinkButton label="Itinéraire" href="geo:48.9,2.48" icon=Glyph::Route />
                <LinkButton label="Appeler" href="tel:0100000000" icon=Glyph::Phone />
            </div>
        </Card>
        <div class="list">
            {row("4 allée Galliéni", "Parapluie", "9\u{202f}h", false, true, Tone::Good, "Vaccinée")}
            {row("12 rue Jules Guesde", "Boussole, Lanterne", "10\u{202f}h", true, false, Tone::Info, "2 personnes")}
            {row("Résidence La Noue, 40 avenue Henri Barbusse", "Théière · Sifflet · Pendule", "11\u{202f}h", false, false, Tone::Warning, "Accord")}
            {row("8 rue Auguste Polissard", "Bobine", "14\u{202f}h", false, false, Tone::Danger, "Absente")}
        </div>
        <MainAction label="Prochaine visite" icon=Glyph::Door on_press=|()| () />
    }
}

#[component]
fn Waste() -> impl IntoView {
    let needles = RwSignal::new(12u32);
    view! {
        <PageHeader title="DASRI" back="/" />
        <div class="tallies">
            <Tally stream=Stream::Sharps label="Boîte à aiguilles" detail="aiguilles" count=needles on_change=move |n| needles.set(n) filling=Some(80u8) />
            <Tally stream=Stream::Soft label="Sac jaune" detail="seringues, compresses souillées" count=14u32 on_change=|_| () filling=Some(35u8) />
            <Tally stream=Stream::Ordinary label="Poubelle ordinaire" detail="emballages, gants" count=0u32 on_change=|_| () />
        </div>
        <Countdown label="Comirnaty, flacon ouvert à 9 h 10" left=3_900i64 warn_below=4_000 />
        <Countdown label="Spikevax" left=52_000i64 />
        <Countdown label="Seringue préparée" left=-1i64 over="périmée" />
        <Countdown label="Boussole" left=-1i64 over="terminée" ends_well=true />
        <Card title="Flacon EK9788" icon=Glyph::Vial>
            <Stepper label="Doses tirées" value=needles on_change=move |n| needles.set(n) max=13u32 />
            <Progress percent=80u8 label="Boîte à aiguilles\u{a0}: 80\u{a0}%" tone=Tone::Warning />
        </Card>
        <MainAction label="Fermer le conteneur" on_press=|()| () disabled=true hint="Il manque le poids." />
    }
}

#[component]
fn Fields() -> impl IntoView {
    let text = RwSignal::new("Théière".to_owned());
    let date = RwSignal::new("14/03/1962".to_owned());
    let arm = RwSignal::new(Some(1u8));
    let ticked = RwSignal::new(true);
    view! {
        <PageHeader title="Corriger l’identité" back="/" />
        <div class="pair">
            <TextField label="Nom de naissance" value=text />
            <TextField label="Nom utilisé" value=RwSignal::new(String::new()) optional=true />
            <DateField label="Date de naissance" value=date partial=true />
            <NumberField label="Température" value=RwSignal::new("9,1".to_owned()) unit="°C" error="Entre 2 et 8\u{a0}°C" />
            <SelectField label="Médecin" value=RwSignal::new("b".to_owned()) options=vec![("a".to_owned(), "Dr Hublot".to_owned()), ("b".to_owned(), "Dr Girandole".to_owned())] />
            <TimeField label="Heure" value=RwSignal::new("18:42".to_owned()) />
        </div>
        <ChoiceRow
            legend="Bras"
            choices=vec![
                Choice::new(0u8, "Bras gauche").glyph(Glyph::ArmLeft),
                Choice::new(1u8, "Bras droit").glyph(Glyph::ArmRight),
            ]
            value=arm
            on_change=move |side| arm.set(Some(side))
        />
        <Tick label="Adrénaline" note="péremption 03/2022" value=ticked on_change=move |now| ticked.set(now) />
        <SignaturePad who="Signature de M. Théière, père" strokes=RwSignal::new(vec![vec![(100, 200), (180, 90), (220, 260), (320, 120), (400, 250), (520, 160), (640, 210)]]) />
        <MainAction label="Enregistrer" on_press=|()| () busy=false />
    }
}

#[component]
fn States() -> impl IntoView {
    let syncs = vec![
        SyncView::Never,
        SyncView::Offline { since: Some("9 h 12".into()), waiting: 0 },
        SyncView::Offline { since: None, waiting: 14 },
        SyncView::Working { done: 120, total: 350 },
        SyncView::Synced { at: "18 h 42".into() },
        SyncView::Stuck { reason: "horloge".into() },
    ];
    view! {
        <PageHeader title="États" />
        <div class="actions">
            {[Tone::Neutral, Tone::Good, Tone::Info, Tone::Warning, Tone::Danger]
                .map(|tone| view! { <StatusPill tone=tone label=format!("{tone:?}") /> })
                .into_iter()
                .collect_view()}
            {Answer::ALL.map(|answer| view! { <AnswerPill answer=answer /> }).into_iter().collect_view()}
        </div>
        <div class="actions">
            {syncs.into_iter().map(|state| view! { <SyncBadge state=state /> }).collect_view()}
        </div>
        <Notice tone=Tone::Warning title="Prêt, stockage non garanti">
            <p>"La tablette peut effacer la tournée si elle manque de place."</p>
        </Notice>
        <ErrorBlock message="La tablette n’a plus de place." on_retry=|()| () />
        <div class="actions">
            <Button label="Céder" on_press=|()| () />
            <Button label="Réaction" on_press=|()| () weight=Weight::Danger icon=Glyph::Heart />
            <Button label="Plus tard" on_press=|()| () weight=Weight::Quiet />
            <Button label="Grisé" on_press=|()| () disabled=true />
        </div>
        <EmptyState title="Aucune tournée" text="Demander un code au relais pour prendre la tournée du jour.">
            <Button label="Saisir le code" on_press=|()| () weight=Weight::Primary icon=Glyph::Key />
        </EmptyState>
        <Toast message=Some((Tone::Good, "Enregistré".to_owned())) />
    }
}

#[component]
fn Question() -> impl IntoView {
    let open = RwSignal::new(true);
    view! {
        <PageHeader title="Surveillance" />
        <Button label="Quitter" on_press=move |()| open.set(true) />
        <Dialog
            open=open
            on_close=move |()| open.set(false)
            title="Une surveillance court encore"
            tone=Tone::Warning
            actions=move || {
                view! {
                    <Button label="Rester" on_press=move |()| open.set(false) weight=Weight::Primary />
                    <Button label="Partir quand même" on_press=|()| () weight=Weight::Danger />
                }
            }
        >
            <p>"Boussole est surveillée encore 9 minutes. Partir avant la fin est noté, avec la raison."</p>
        </Dialog>
    }
}

#[component]
fn Office() -> impl IntoView {
    view! {
        <PageHeader title="Tournée A" subtitle="jeudi 16 décembre 2021">
            <Button label="Exporter" icon=Glyph::Download on_press=|()| () />
            <Button label="Publier" weight=Weight::Primary on_press=|()| () />
        </PageHeader>
        <div class="figures">
            <KeyFigure value="18" label="personnes vaccinées" />
            <KeyFigure value="21" label="doses données" />
            <KeyFigure value="2" label="doses perdues" tone=Tone::Warning />
        </div>
        <DataTable
            caption="Personnes"
            columns=["Nom", "Adresse", "Heure", "#Doses", "État"].map(str::to_owned).to_vec()
        >
            {[("Parapluie", "4 allée Galliéni", "9 h 10", 1, Answer::Eligible), ("Théière", "12 rue Jules Guesde", "10 h 05", 0, Answer::ConsentMissing)]
                .map(|(name, street, hour, doses, answer)| {
                    view! {
                        <tr>
                            <td>{name}</td>
                            <td>{street}</td>
                            <td>{hour}</td>
                            <td class="number">{doses}</td>
                            <td>
                                <AnswerPill answer=answer />
                            </td>
                        </tr>
                    }
                })
                .into_iter()
                .collect_view()}
        </DataTable>
        <Fold summary="Code d’enrôlement" open=true>
            <QrCode text="PERRON 4F7K-22QD" />
        </Fold>
    }
}

#[component]
fn Drawings() -> impl IntoView {
    view! {
        <PageHeader title="Dessins" />
        <div class="figures">
            {Glyph::ALL
                .iter()
                .map(|glyph| view! { <KeyFigure value="" label=format!("{glyph:?}") icon=*glyph /> })
                .collect_view()}
        </div>
    }
}
