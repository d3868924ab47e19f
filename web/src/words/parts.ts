import { words } from "../kernel/words.ts";

export const W = words({
  noAnswer: {
    en: "The node did not answer. Whether it was done is not known: look before you repeat it.",
    ru: "Узел не ответил. Выполнено ли действие, неизвестно: проверьте, прежде чем повторять.",
    he: "הצומת לא השיב. לא ידוע אם הפעולה בוצעה: יש לבדוק לפני שחוזרים עליה.",
    ar: "لم تُجب العقدة. لا يُعرف هل نُفّذ الإجراء: تحقّق قبل أن تعيده.",
    fr: "Le nœud n’a pas répondu. On ignore si l’action a été faite : vérifiez avant de la répéter.",
  },
  refused: {
    en: "Refused ({n})", ru: "Отказано ({n})", he: "נדחה ({n})", ar: "رُفض ({n})", fr: "Refusé ({n})",
  },
  whatToDo: { en: "What to do", ru: "Что делать", he: "מה לעשות", ar: "ما العمل", fr: "Que faire" },
  reference: {
    en: "Reference for the administrator", ru: "Номер для администратора", he: "מספר לציון בפני המנהל",
    ar: "رقم مرجعي للمسؤول", fr: "Référence pour l’administrateur",
  },
  heldRevision: {
    en: "Revision {n} is in force now: somebody was quicker.",
    ru: "Сейчас действует редакция {n}: кто-то был быстрее.",
    he: "מהדורה {n} בתוקף כעת: מישהו הקדים.",
    ar: "المراجعة {n} هي السارية الآن: سبقك غيرك.",
    fr: "La révision {n} est en vigueur : quelqu’un a été plus rapide.",
  },
  filter: { en: "Filter", ru: "Фильтр", he: "סינון", ar: "تصفية", fr: "Filtrer" },
  rows: {
    en: { one: "{n} row", other: "{n} rows" },
    ru: { one: "{n} строка", few: "{n} строки", many: "{n} строк", other: "{n} строки" },
    he: { one: "שורה אחת", two: "{n} שורות", other: "{n} שורות" },
    ar: { zero: "لا صفوف", one: "صف واحد", two: "صفّان", few: "{n} صفوف", many: "{n} صفًا", other: "{n} صف" },
    fr: { one: "{n} ligne", other: "{n} lignes" },
  },
  more: { en: "Show {n} more", ru: "Показать ещё {n}", he: "להציג עוד {n}", ar: "إظهار {n} أخرى", fr: "Afficher {n} de plus" },
  noneFits: {
    en: { one: "The filter leaves out the only row.", other: "The filter leaves out all {n} rows." },
    ru: { one: "Фильтр скрывает все строки: {n}.", few: "Фильтр скрывает все строки: {n}.", many: "Фильтр скрывает все строки: {n}.", other: "Фильтр скрывает все строки: {n}." },
    he: { one: "הסינון מסתיר את השורה היחידה.", two: "הסינון מסתיר את שתי השורות.", other: "הסינון מסתיר את כל {n} השורות." },
    ar: { zero: "لا صفوف", one: "التصفية تخفي الصف الوحيد.", two: "التصفية تخفي الصفّين.", few: "التصفية تخفي {n} صفوف كلها.", many: "التصفية تخفي {n} صفًا كلها.", other: "التصفية تخفي {n} صف كلها." },
    fr: { one: "Le filtre écarte la seule ligne.", other: "Le filtre écarte les {n} lignes." },
  },
  nothing: { en: "Nothing here.", ru: "Здесь ничего нет.", he: "אין כאן דבר.", ar: "لا شيء هنا.", fr: "Rien ici." },
  unknown: {
    en: "Not known yet: waiting for the node.", ru: "Пока неизвестно: ожидается ответ узла.",
    he: "עדיין לא ידוע: ממתינים לצומת.", ar: "غير معروف بعد: بانتظار العقدة.", fr: "Pas encore connu : en attente du nœud.",
  },
  close: { en: "Close", ru: "Закрыть", he: "סגירה", ar: "إغلاق", fr: "Fermer" },
  copy: { en: "Copy", ru: "Копировать", he: "העתקה", ar: "نسخ", fr: "Copier" },
  copied: { en: "Copied", ru: "Скопировано", he: "הועתק", ar: "نُسخ", fr: "Copié" },
  required: { en: "required", ru: "обязательно", he: "חובה", ar: "إلزامي", fr: "obligatoire" },
  badTime: {
    en: "Write the time with its Z: 2026-11-23 12:04Z or 231204Z NOV 26.",
    ru: "Укажите время с буквой Z: 2026-11-23 12:04Z или 231204Z NOV 26.",
    he: "יש לכתוב את השעה עם Z: ‎2026-11-23 12:04Z או ‎231204Z NOV 26.",
    ar: "اكتب الوقت مع الحرف Z: ‎2026-11-23 12:04Z أو ‎231204Z NOV 26.",
    fr: "Écrivez l’heure avec son Z : 2026-11-23 12:04Z ou 231204Z NOV 26.",
  },
  local: { en: "local", ru: "местное", he: "מקומי", ar: "محلي", fr: "locale" },
  open: { en: "until further notice", ru: "до особого извещения", he: "עד הודעה חדשה", ar: "حتى إشعار آخر", fr: "jusqu’à nouvel avis" },
  own: { en: "own", ru: "своя", he: "שלנו", ar: "لنا", fr: "nôtre" },
  party: { en: "Party {name}", ru: "Сторона {name}", he: "צד {name}", ar: "الطرف {name}", fr: "Partie {name}" },
  flash: { en: "FLASH call", ru: "Вызов FLASH", he: "קריאת FLASH", ar: "نداء FLASH", fr: "Appel FLASH" },
  takeCall: { en: "Go to the call", ru: "К вызову", he: "אל הקריאה", ar: "إلى النداء", fr: "Vers l’appel" },
});
