import { words } from "../kernel/words.ts";

/** The live picture's list. */
export const W = words({
  now: { en: "Active now", ru: "Действует сейчас", he: "פעיל כעת", ar: "نشط الآن", fr: "En cours" },
  atTime: { en: "Active at {time}", ru: "Действует в {time}", he: "פעיל ב־{time}", ar: "نشط في {time}", fr: "En cours à {time}" },
  next: { en: { one: "In the next hour", other: "In the next {n} hours" }, ru: { one: "В ближайший {n} час", few: "В ближайшие {n} часа", many: "В ближайшие {n} часов", other: "В ближайшие {n} часа" }, he: { one: "בשעה הקרובה", two: "בשעתיים הקרובות", other: "ב־{n} השעות הקרובות" }, ar: { zero: "خلال {n} ساعة", one: "خلال الساعة القادمة", two: "خلال الساعتين القادمتين", few: "خلال {n} ساعات", many: "خلال {n} ساعة", other: "خلال {n} ساعة" }, fr: { one: "Dans l’heure", other: "Dans les {n} heures" } },
  stale: { en: "Past its end, where it is now is unknown", ru: "Срок вышел, где сейчас — неизвестно", he: "עבר סופה, מקומה כעת לא ידוע", ar: "تجاوز نهايته، مكانه الآن مجهول", fr: "Fin passée, position inconnue" },
  conflicts: { en: "Conflicts in this time", ru: "Конфликты в это время", he: "התנגשויות בזמן זה", ar: "تعارضات في هذا الوقت", fr: "Conflits durant ce temps" },
  horizon: { en: "Look ahead", ru: "Вперёд", he: "מבט קדימה", ar: "النظر إلى الأمام", fr: "Anticiper" },
  hours: { en: { one: "{n} hour", other: "{n} hours" }, ru: { one: "{n} час", few: "{n} часа", many: "{n} часов", other: "{n} часа" }, he: { one: "שעה", two: "שעתיים", other: "{n} שעות" }, ar: { zero: "{n} ساعة", one: "ساعة", two: "ساعتان", few: "{n} ساعات", many: "{n} ساعة", other: "{n} ساعة" }, fr: { one: "{n} heure", other: "{n} heures" } },
  whose: { en: "Whose", ru: "Чьи", he: "של מי", ar: "لمن", fr: "De qui" },
  everybody: { en: "All parties", ru: "Все стороны", he: "כל הצדדים", ar: "كل الأطراف", fr: "Toutes les parties" },
  ends: { en: "ends in {span}", ru: "до конца {span}", he: "מסתיים בעוד {span}", ar: "ينتهي بعد {span}", fr: "finit dans {span}" },
  begins: { en: "begins in {span}", ru: "начало через {span}", he: "מתחיל בעוד {span}", ar: "يبدأ بعد {span}", fr: "commence dans {span}" },
  openEnd: { en: "until further notice", ru: "до особого извещения", he: "עד הודעה חדשה", ar: "حتى إشعار آخر", fr: "jusqu’à nouvel avis" },
  overBy: { en: "over for {span}", ru: "срок вышел {span} назад", he: "עבר לפני {span}", ar: "انتهى منذ {span}", fr: "finie depuis {span}" },
  nothing: { en: "Nothing is held for this time. A silent or suspended line is not clear air.", ru: "На это время ничего нет. Молчащая или приостановленная линия не означает, что свободно.", he: "אין דבר לזמן זה. קו דומם או מושעה אינו שטח פנוי.", ar: "لا شيء لهذا الوقت. الخط الصامت أو المعلّق لا يعني أن الجو خالٍ.", fr: "Rien pour ce moment. Une liaison muette ou suspendue ne veut pas dire espace libre." },
  lineDown: { en: "The line to {party} is down: what they declare now is not known.", ru: "Линия со стороной {party} не работает: что она заявляет сейчас, неизвестно.", he: "הקו אל {party} מנותק: מה שהם מצהירים כעת לא ידוע.", ar: "الخط إلى {party} مقطوع: ما يعلنه الآن غير معروف.", fr: "La liaison avec {party} est coupée : ce qu’elle déclare est inconnu." },
  begin: { en: "Begin", ru: "Начать", he: "התחלה", ar: "ابدأ", fr: "Commencer" },
  end: { en: "End", ru: "Завершить", he: "סיום", ar: "أنهِ", fr: "Terminer" },
  beginTitle: { en: "{id} begins now", ru: "{id} начинается", he: "{id} מתחיל כעת", ar: "يبدأ {id} الآن", fr: "{id} commence" },
  endTitle: { en: "{id} has ended", ru: "{id} завершена", he: "{id} הסתיים", ar: "انتهى {id}", fr: "{id} est terminée" },
  told: { en: "All parties that know of it are told at once.", ru: "Всем сторонам, знающим о ней, сообщается сразу.", he: "כל הצדדים היודעים על כך מיודעים מיד.", ar: "تُبلَّغ فورًا كل الأطراف العارفة به.", fr: "Toutes les parties qui la connaissent sont prévenues aussitôt." },
  beganDone: { en: "Begun.", ru: "Начата.", he: "התחיל.", ar: "بدأ.", fr: "Commencée." },
  endedDone: { en: "Ended.", ru: "Завершена.", he: "הסתיים.", ar: "انتهى.", fr: "Terminée." },
  back: { en: "Back to the list", ru: "К списку", he: "חזרה לרשימה", ar: "عودة إلى القائمة", fr: "Retour à la liste" },
  more: { en: "{n} more; narrow the time or the party.", ru: "Ещё {n}; сузьте время или сторону.", he: "עוד {n}; יש לצמצם זמן או צד.", ar: "{n} أخرى؛ ضيّق الوقت أو الطرف.", fr: "{n} de plus ; réduisez le temps ou la partie." },
});
