//! The words of the language for people: what an editor shows for each, in English and Dutch, and one line of help.

use crate::catalogue::shape::Word;

/// A word with its English label, its Dutch label, and a line of help in each.
pub type Labelled = (&'static str, [&'static str; 2], [&'static str; 2]);

/// The words with their English help.
pub fn abouts(words: &[Labelled]) -> Vec<Word> {
    words.iter().map(|(word, _, [help, _])| (*word, *help)).collect()
}

/// Modifiers, in the order of [`crate::catalogue::MODIFIERS`].
pub const MODIFIER_WORDS: [Labelled; 17] = [
    ("is_exactly", ["is exactly", "is precies"], ["Equal; case does not matter.", "Gelijk; hoofdletters tellen niet."]),
    ("is_not", ["is not", "is niet"], ["Not equal, or missing.", "Niet gelijk, of ontbreekt."]),
    ("is_less_than", ["is less than", "is minder dan"], ["Below this number or before this date.", "Onder dit getal of voor deze datum."]),
    ("is_at_most", ["is at most", "is hoogstens"], ["This number or date, or below.", "Dit getal of deze datum, of eronder."]),
    ("is_greater_than", ["is greater than", "is meer dan"], ["Above this number or after this date.", "Boven dit getal of na deze datum."]),
    ("is_at_least", ["is at least", "is minstens"], ["This number or date, or above.", "Dit getal of deze datum, of erboven."]),
    ("is_between", ["is between", "ligt tussen"], ["Both ends are included.", "Beide grenzen tellen mee."]),
    ("is_not_between", ["is not between", "ligt niet tussen"], ["Outside both ends, or missing.", "Buiten beide grenzen, of ontbreekt."]),
    ("contains", ["contains", "bevat"], ["The text occurs anywhere in it.", "De tekst komt er ergens in voor."]),
    (
        "does_not_contain",
        ["does not contain", "bevat niet"],
        ["The text occurs nowhere, or it is missing.", "De tekst komt nergens voor, of ontbreekt."],
    ),
    ("starts_with", ["starts with", "begint met"], ["The text stands at the beginning.", "De tekst staat aan het begin."]),
    ("ends_with", ["ends with", "eindigt op"], ["The text stands at the end.", "De tekst staat aan het eind."]),
    (
        "matches",
        ["matches", "past op"],
        ["The whole text, with * for anything and ? for one character.", "De hele tekst, met * voor van alles en ? voor één teken."],
    ),
    ("is_one_of", ["is one of", "is een van"], ["Equal to one of a list.", "Gelijk aan een uit een lijst."]),
    ("is_none_of", ["is none of", "is geen van"], ["Equal to none of a list, or missing.", "Gelijk aan geen uit een lijst, of ontbreekt."]),
    ("is_known", ["is known", "is bekend"], ["There is a value.", "Er is een waarde."]),
    ("is_unknown", ["is unknown", "is onbekend"], ["There is no value.", "Er is geen waarde."]),
];

/// Measures, in the order of [`crate::catalogue::MEASURES`].
pub const MEASURE_WORDS: [Labelled; 12] = [
    ("count", ["number", "aantal"], ["How many events.", "Hoeveel gebeurtenissen."]),
    ("total_value", ["total value", "totale waarde"], ["The events' values together.", "De waarden van de gebeurtenissen samen."]),
    ("average_value", ["average value", "gemiddelde waarde"], ["The average of the events' values.", "Het gemiddelde van de waarden."]),
    ("highest_value", ["highest value", "hoogste waarde"], ["The greatest of the events' values.", "De grootste van de waarden."]),
    ("lowest_value", ["lowest value", "laagste waarde"], ["The least of the events' values.", "De kleinste van de waarden."]),
    (
        "item_value",
        ["value of products", "waarde van producten"],
        ["Price times quantity of the lines that `items` asks for.", "Prijs maal aantal van de regels waar `items` om vraagt."],
    ),
    (
        "units",
        ["units", "stuks"],
        ["The quantities of the lines that `items` asks for.", "De aantallen van de regels waar `items` om vraagt."],
    ),
    (
        "distinct_items",
        ["different products", "verschillende producten"],
        ["Different product ids in the lines that `items` asks for.", "Verschillende product-id's in de regels waar `items` om vraagt."],
    ),
    (
        "active_days",
        ["active days", "actieve dagen"],
        ["Different calendar days with such an event.", "Verschillende kalenderdagen met zo'n gebeurtenis."],
    ),
    (
        "ratio",
        ["ratio", "verhouding"],
        ["Orders returned to orders placed; of returns only.", "Geretourneerde op geplaatste orders; alleen van retouren."],
    ),
    (
        "days_since_last",
        ["days since the last", "dagen sinds de laatste"],
        ["Calendar days from the last such event to today.", "Kalenderdagen van de laatste zulke gebeurtenis tot vandaag."],
    ),
    (
        "days_since_first",
        ["days since the first", "dagen sinds de eerste"],
        ["Calendar days from the first such event to today.", "Kalenderdagen van de eerste zulke gebeurtenis tot vandaag."],
    ),
];

/// What a date of the profile may be turned into, in the order of [`crate::catalogue::DATE_MEASURES`].
pub const PROFILE_MEASURES: [Labelled; 2] = [
    ("days_since", ["days since", "dagen sinds"], ["Calendar days from the date to today.", "Kalenderdagen van de datum tot vandaag."]),
    (
        "days_until_anniversary",
        ["days until the anniversary", "dagen tot de verjaardag"],
        ["Days from today to the next day with that month and day.", "Dagen van vandaag tot de volgende dag met die maand en dag."],
    ),
];

/// Units of exact length, in the order of [`crate::catalogue::LENGTHS`].
pub const EXACT_UNITS: [Labelled; 4] = [
    ("minute", ["minutes", "minuten"], ["60 seconds.", "60 seconden."]),
    ("hour", ["hours", "uren"], ["60 minutes.", "60 minuten."]),
    ("day", ["days", "dagen"], ["24 hours.", "24 uur."]),
    ("week", ["weeks", "weken"], ["168 hours.", "168 uur."]),
];

/// Units of the calendar, in the order of [`crate::catalogue::CALENDAR`].
pub const CALENDAR_UNITS: [Labelled; 5] = [
    ("day", ["calendar days", "kalenderdagen"], ["From midnight to midnight.", "Van middernacht tot middernacht."]),
    (
        "week",
        ["calendar weeks", "kalenderweken"],
        ["From the day on which the package's weeks begin.", "Vanaf de dag waarop de weken van het pakket beginnen."],
    ),
    ("month", ["calendar months", "kalendermaanden"], ["From the first of the month.", "Vanaf de eerste van de maand."]),
    (
        "quarter",
        ["quarters", "kwartalen"],
        ["From the first of January, April, July or October.", "Vanaf 1 januari, april, juli of oktober."],
    ),
    ("year", ["calendar years", "kalenderjaren"], ["From the first of January.", "Vanaf 1 januari."]),
];

/// `only`, in the order of [`crate::catalogue::ONLY`].
pub const ONLY_WORDS: [Labelled; 2] = [
    ("first", ["only the first", "alleen de eerste"], ["The first event of the period.", "De eerste gebeurtenis van de periode."]),
    ("latest", ["only the latest", "alleen de laatste"], ["The latest event of the period.", "De laatste gebeurtenis van de periode."]),
];

/// Forms of a period, each by the key that tells it.
pub const PERIOD_FORMS: [Labelled; 4] = [
    (
        "last",
        ["in the last …", "in de laatste …"],
        ["So many minutes, hours, days or weeks up to now.", "Zoveel minuten, uren, dagen of weken tot nu."],
    ),
    (
        "between",
        ["between … and … ago", "tussen … en … geleden"],
        ["A stretch that lies back so far.", "Een periode die zo ver terug ligt."],
    ),
    (
        "calendar",
        ["calendar units", "kalendereenheden"],
        ["Whole days, weeks, months, quarters or years.", "Hele dagen, weken, maanden, kwartalen of jaren."],
    ),
    ("from", ["from … to …", "van … tot en met …"], ["Fixed days, both included.", "Vaste dagen, beide tellen mee."]),
];

/// The nine groups of conditions (SPEC 5.4).
pub const GROUPS: [Labelled; 9] = [
    (
        "conversion",
        ["Conversion", "Conversie"],
        ["Orders, what they were worth and what was bought.", "Orders, wat ze waard waren en wat er gekocht is."],
    ),
    ("behaviour", ["Behaviour", "Gedrag"], ["What visitors do in the shop.", "Wat bezoekers in de winkel doen."]),
    ("profile_data", ["Profile data", "Profielgegevens"], ["What is known of the visitor.", "Wat van de bezoeker bekend is."]),
    (
        "campaigns",
        ["Campaigns", "Campagnes"],
        ["What was shown to the visitor and what came of it.", "Wat de bezoeker te zien kreeg en wat daarvan kwam."],
    ),
    (
        "predictive",
        ["Predictive", "Voorspellend"],
        ["Where the visitor stands in the retention grid.", "Waar de bezoeker staat in het retentiegrid."],
    ),
    ("geographic", ["Geographic", "Geografisch"], ["Where the visitor is now.", "Waar de bezoeker nu is."]),
    ("referrer_utm", ["Referrer & UTM", "Herkomst & UTM"], ["Where visits came from.", "Waar bezoeken vandaan kwamen."]),
    ("returns", ["Returns", "Retouren"], ["What came back.", "Wat er terugkwam."]),
    (
        "device_time",
        ["Device & time", "Apparaat & tijd"],
        ["With what the visitor looks, and when.", "Waarmee de bezoeker kijkt, en wanneer."],
    ),
];
