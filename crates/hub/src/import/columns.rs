//! Which column is which: French headings, as people write them.
//!
//! A heading is compared without accents, case, punctuation and little words, then with one slip of the fingers
//! allowed in a long heading. What is not recognised is shown to the coordinator, never guessed.

use super::fold::fold;
use serde::Serialize;

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident = $title:literal : [$($synonym:literal),* $(,)?],)*) => {
        /// A column that the import knows.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Column { $($(#[$doc])* $name,)* }

        impl Column {
            /// Every column, in the order of the model file.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Returns the heading as the model file writes it.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }

            const fn synonyms(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($synonym,)*],)* }
            }
        }
    };
}

columns! {
    /// Birth name, the strict trait of identity.
    BirthName = "Nom de naissance": ["nom naissance", "nom famille", "nom jeune fille", "nom patronymique", "nom naiss"],
    /// Name used in daily life.
    UsedName = "Nom utilisé": ["nom utilise", "nom usage", "nom usuel", "nom epouse", "nom marital"],
    /// «Nom» alone: the birth name, unless another column is.
    Name = "Nom": ["nom", "nom patient", "nom personne"],
    /// All given names, the first one first.
    GivenNames = "Prénom(s)": ["prenom", "prenoms", "prenom s", "prenom naissance", "prenoms naissance", "premier prenom", "prenom patient"],
    /// Birth date, whole or partial.
    BirthDate = "Date de naissance": ["date naissance", "naissance", "ne", "ne e", "ddn", "date naiss", "annee naissance"],
    /// Sex, as on the papers.
    Sex = "Sexe": ["sexe", "genre", "civilite"],
    /// Telephone.
    Phone = "Téléphone": ["telephone", "tel", "portable", "mobile", "numero telephone", "n telephone", "tel portable", "telephone portable", "telephone fixe", "telephone contact", "tel contact", "telephone mobile", "mobile telephone", "telephone 1", "tel 1"],
    /// Further telephones.
    OtherPhone = "Autre téléphone": ["autre telephone", "autre tel", "telephone 2", "tel 2", "portable 2", "second telephone", "telephone bis", "telephone secondaire", "fixe", "tel fixe"],
    /// The whole address in one cell.
    Address = "Adresse": ["adresse", "adresse postale", "adresse complete", "adresse domicile", "lieu visite"],
    /// House number (BAN).
    HouseNumber = "numero": ["numero", "numero voie", "n voie", "no voie", "num voie", "numero rue", "num rue", "n rue", "no rue"],
    /// Repetition of the house number: bis, ter (BAN).
    Repetition = "rep": ["rep", "repetition", "indice repetition", "bis ter", "suffixe"],
    /// Street (BAN).
    Street = "nom_voie": ["nom voie", "voie", "rue", "libelle voie", "nom rue", "voie nom", "libelle rue"],
    /// Postcode (BAN).
    Postcode = "code_postal": ["code postal", "cp", "postal"],
    /// Town (BAN).
    Town = "nom_commune": ["nom commune", "commune", "ville", "commune nom", "localite"],
    /// INSEE code of the town (BAN and BAL).
    Insee = "code_insee": ["code insee", "insee", "commune insee", "insee commune", "code commune"],
    /// Lambert-93, metres to the east (BAN and BAL); only beside the other one.
    East = "x": ["x", "x lambert", "coord x", "x l93"],
    /// Lambert-93, metres to the north (BAN and BAL); only beside the other one.
    North = "y": ["y", "y lambert", "coord y", "y l93"],
    /// The key of an address among the communes' own files (BAL): a name of the row, and nothing to keep.
    AddressKey = "cle_interop": ["cle interop", "uid adresse"],
    /// Longitude, degrees (BAN).
    Longitude = "lon": ["lon", "longitude", "lng", "long", "longitude wgs84"],
    /// Latitude, degrees (BAN).
    Latitude = "lat": ["lat", "latitude", "latitude wgs84"],
    /// IRIS district.
    Iris = "code_iris": ["code iris", "iris"],
    /// Building, stairs, care of.
    AddressMore = "Complément d’adresse": ["complement", "complement adresse", "batiment", "residence", "batiment escalier", "chez", "lieudit complement nom", "nom ld", "lieu dit", "lieudit", "escalier", "appartement", "adresse 2", "adresse suite", "complement adresse 2", "bat"],
    /// Floor.
    Floor = "Étage": ["etage", "niveau", "etage porte"],
    /// Door code.
    DoorCode = "Code d’entrée": ["code entree", "digicode", "code porte", "code acces", "interphone"],
    /// Household: people with one text here live together.
    Household = "Foyer": ["foyer", "menage", "famille", "n foyer", "numero foyer"],
    /// Why this person comes first.
    Priority = "Priorité": ["priorite", "priorites", "motif priorite", "motifs priorite", "critere priorite"],
    /// Audience of the outreach action.
    Audience = "Public": ["public", "publics", "public vise", "public cible"],
    /// Where the request comes from.
    Origin = "Origine": ["origine", "origine demande", "source", "provenance", "adresse par"],
    /// Health worker, yes or no.
    HealthWorker = "Professionnel de santé": ["professionnel sante", "professionnel", "soignant", "ps", "pro sante"],
    /// Family doctor.
    Doctor = "Médecin traitant": ["medecin traitant", "medecin", "mt"],
    /// Language spoken.
    Language = "Langue": ["langue", "langue parlee", "langues"],
    /// How she moves about.
    Mobility = "Mobilité": ["mobilite", "mobilite reduite", "pmr", "deplacement"],
    /// Legal protection of an adult.
    Protection = "Mesure de protection": ["mesure protection", "protection", "protection juridique", "tutelle", "tutelle curatelle"],
    /// Products wished.
    Wishes = "Vaccins souhaités": ["vaccin souhaite", "vaccins souhaites", "vaccin", "vaccins", "vaccin demande", "vaccins demandes", "produit", "produits"],
    /// Rank of the wished dose.
    Rank = "Rang": ["rang", "rang dose", "dose", "n dose", "numero dose"],
    /// Earlier doses.
    Doses = "Doses antérieures": ["doses anterieures", "dose anterieure", "doses precedentes", "vaccinations anterieures", "antecedents vaccinaux", "doses recues"],
    /// Earlier infections.
    Infections = "Infections": ["infections", "infection", "infection covid", "covid anterieur", "date infection", "infections anterieures"],
    /// Anything else the nurse must know.
    Notes = "Notes": ["notes", "note", "commentaire", "commentaires", "remarque", "remarques", "observation", "observations"],
    /// Why the row was refused the last time: what [`super::refused`] writes beside it.
    Refused = "Motif du refus": ["motif refus"],
}

impl Column {
    /// Returns whether the model of a list has it: what people fill in, and neither what only addresses' files carry nor a
    /// second word for the same.
    #[must_use]
    pub const fn in_model(self) -> bool {
        !matches!(self, Self::Name | Self::Insee | Self::East | Self::North | Self::AddressKey | Self::Refused)
    }

    /// Returns whether several columns of a file may be this one: their cells are read one after another.
    const fn joins(self) -> bool {
        matches!(self, Self::OtherPhone | Self::AddressMore | Self::Notes)
    }
}

/// The most columns that are read.
pub const MOST_COLUMNS: usize = 300;
/// A longer heading, in bytes, names no column.
const LONGEST_NAME: usize = 200;

/// As much of a heading that was not recognised is shown, in characters.
const LONGEST_HEADING: usize = 80;

/// Little words that change nothing in a heading.
const LITTLE: &[&str] = &["de", "du", "des", "d", "la", "le", "les", "l", "a", "au", "en", "et", "ou"];

/// Returns the column that a heading names, or `None`.
#[must_use]
pub fn recognise(heading: &str) -> Option<Column> {
    if heading.len() > LONGEST_NAME {
        return None;
    }
    let folded = fold(heading);
    let words: Vec<&str> = folded.split(' ').filter(|word| !LITTLE.contains(word)).collect();
    let wanted = words.join(" ");
    if wanted.is_empty() {
        return None;
    }
    let exact = |same: &dyn Fn(&str) -> bool| {
        Column::ALL.iter().copied().find(|column| column.synonyms().iter().any(|synonym| same(synonym)))
    };
    exact(&|synonym| synonym == wanted)
        .or_else(|| exact(&|synonym| synonym.len() >= 7 && strsim::osa_distance(synonym, &wanted) == 1))
}

/// The columns of one file: which cell of a row holds what.
#[derive(Debug, Default)]
pub struct Columns {
    at: Vec<(Column, usize)>,
    /// Headings that were not recognised or that repeat one already taken.
    pub unknown: Vec<String>,
}

impl Columns {
    /// Reads the headings of a file.
    #[must_use]
    pub fn read(headings: &[String]) -> Self {
        let mut columns = Self::default();
        let recognised: Vec<Option<Column>> = headings.iter().map(|heading| recognise(heading)).collect();
        let there = |column: Column| recognised.contains(&Some(column));
        for (index, (heading, column)) in headings.iter().zip(&recognised).enumerate() {
            let column = match column {
                // One letter alone may be any tick; both are a point.
                Some(Column::East | Column::North) if !(there(Column::East) && there(Column::North)) => None,
                // «source» of an addresses' file is who drew it.
                Some(Column::Origin) if there(Column::AddressKey) => None,
                Some(Column::Phone) if columns.index(Column::Phone).is_some() => Some(Column::OtherPhone),
                column => *column,
            };
            match column {
                Some(column) if column.joins() || columns.index(column).is_none() => columns.at.push((column, index)),
                _ if heading.is_empty() => {}
                _ => columns.unknown.push(heading.chars().take(LONGEST_HEADING).collect()),
            }
        }
        // «Nom» beside «Nom de naissance» is the name used every day; alone it is the birth name.
        let role = match (columns.index(Column::BirthName), columns.index(Column::UsedName)) {
            (None, _) => Some(Column::BirthName),
            (Some(_), None) => Some(Column::UsedName),
            _ => None,
        };
        if let (Some(role), Some(entry)) = (role, columns.at.iter_mut().find(|(column, _)| *column == Column::Name)) {
            entry.0 = role;
        }
        columns
    }

    /// Returns where a column stands, counted from 0.
    #[must_use]
    pub fn index(&self, column: Column) -> Option<usize> {
        self.at.iter().find(|(known, _)| *known == column).map(|(_, index)| *index)
    }

    /// Returns the columns found, in the order of the file.
    pub fn found(&self) -> impl Iterator<Item = (Column, usize)> + '_ {
        self.at.iter().copied()
    }

    /// Returns the columns without which no row can be read.
    #[must_use]
    pub fn missing(&self) -> Vec<Column> {
        let mut missing: Vec<Column> = [Column::BirthName, Column::GivenNames, Column::BirthDate]
            .into_iter()
            .filter(|column| self.index(*column).is_none())
            .collect();
        if self.index(Column::Address).is_none() && self.index(Column::Street).is_none() {
            missing.push(Column::Address);
        }
        missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_title_of_the_model_is_recognised() {
        for column in Column::ALL {
            assert_eq!(recognise(column.title()), Some(*column), "{}", column.title());
        }
    }

    #[test]
    fn headings_are_read_as_people_write_them() {
        for (heading, column) in [
            ("NOM DE NAISSANCE", Column::BirthName),
            ("nom d'usage", Column::UsedName),
            ("Nom utilise", Column::UsedName),
            ("Prénoms", Column::GivenNames),
            ("Date naissance", Column::BirthDate),
            ("Né(e) le", Column::BirthDate),
            ("DDN", Column::BirthDate),
            ("Tél.", Column::Phone),
            ("N° de téléphone", Column::Phone),
            ("Téléphonne", Column::Phone),
            ("Digicode", Column::DoorCode),
            ("Code d'entrée", Column::DoorCode),
            ("Medecin traitant", Column::Doctor),
            ("Mesure de protecton", Column::Protection),
            ("CODE POSTAL", Column::Postcode),
        ] {
            assert_eq!(recognise(heading), Some(column), "{heading}");
        }
        for heading in ["Couleur", "", "N°", "certification_commune"] {
            assert_eq!(recognise(heading), None, "{heading}");
        }
    }

    #[test]
    fn the_columns_of_addresses_files_are_recognised() {
        let bal = "uid_adresse;cle_interop;commune_insee;commune_nom;commune_deleguee_insee;commune_deleguee_nom;voie_nom;\
            lieudit_complement_nom;numero;suffixe;position;x;y;long;lat;cad_parcelles;source;date_der_maj;certification_commune";
        let headings: Vec<String> = bal.split(';').map(str::to_owned).collect();
        let columns = Columns::read(&headings);
        for (column, at) in [
            (Column::AddressKey, 0),
            (Column::Insee, 2),
            (Column::Town, 3),
            (Column::Street, 6),
            (Column::AddressMore, 7),
            (Column::HouseNumber, 8),
            (Column::Repetition, 9),
            (Column::East, 11),
            (Column::North, 12),
            (Column::Longitude, 13),
            (Column::Latitude, 14),
        ] {
            assert_eq!(columns.index(column), Some(at), "{}", column.title());
        }
        assert_eq!(columns.index(Column::Origin), None, "whoever drew the addresses sends nobody");
        let alone = Columns::read(&["Nom".to_owned(), "x".to_owned()]);
        assert_eq!(alone.unknown, ["x"], "a tick is no point");
    }

    #[test]
    fn a_second_telephone_and_several_complements_are_read_too() {
        let headings = ["Téléphone fixe", "Portable", "Bâtiment", "Escalier", "Tél. 2"].map(str::to_owned);
        let columns = Columns::read(&headings);
        assert_eq!(columns.index(Column::Phone), Some(0));
        let all =
            |column: Column| columns.found().filter(|(one, _)| *one == column).map(|(_, at)| at).collect::<Vec<_>>();
        assert_eq!((all(Column::OtherPhone), all(Column::AddressMore)), (vec![1, 4], vec![2, 3]));
    }

    #[test]
    fn nom_alone_is_the_birth_name_and_otherwise_the_used_one() {
        let read = |headings: &[&str]| Columns::read(&headings.iter().map(|h| (*h).to_owned()).collect::<Vec<_>>());
        assert_eq!(read(&["Nom", "Prénom"]).index(Column::BirthName), Some(0));
        let both = read(&["Nom de naissance", "Nom", "Prénom"]);
        assert_eq!((both.index(Column::BirthName), both.index(Column::UsedName)), (Some(0), Some(1)));
    }
}
