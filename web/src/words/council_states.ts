import { words } from "../kernel/words.ts";
import { shown } from "../kernel/safe.ts";

/** Where a matter stands; the words of the node (council/<kind>.py) are the keys. */
const STATES = words({
  raised: { en: "raised", ru: "заявлена", he: "הועלה", ar: "مُثار", fr: "soulevée" },
  asked: { en: "asked", ru: "задан вопрос", he: "נשאל", ar: "مطلوب", fr: "demandé" },
  answered: { en: "answered", ru: "дан ответ", he: "נענה", ar: "مُجاب", fr: "répondu" },
  "answered late": { en: "answered late", ru: "ответ с опозданием", he: "נענה באיחור", ar: "مُجاب متأخرًا", fr: "répondu en retard" },
  accepted: { en: "accepted", ru: "принято", he: "התקבל", ar: "مقبول", fr: "accepté" },
  disputed: { en: "disputed", ru: "оспорено", he: "שנוי במחלוקת", ar: "متنازع فيه", fr: "contesté" },
  settled: { en: "settled", ru: "улажено", he: "סוכם", ar: "مسوّى", fr: "réglé" },
  withdrawn: { en: "withdrawn", ru: "отозвано", he: "נמשך", ar: "مسحوب", fr: "retiré" },
  proposed: { en: "proposed", ru: "предложено", he: "הוצע", ar: "مقترح", fr: "proposé" },
  adopted: { en: "adopted", ru: "принято всеми", he: "אומץ", ar: "معتمد", fr: "adopté" },
  deferred: { en: "deferred", ru: "отложено", he: "נדחה למועד אחר", ar: "مؤجّل", fr: "ajourné" },
  reserved: { en: "reserved", ru: "с оговоркой", he: "בהסתייגות", ar: "متحفَّظ عليه", fr: "réservé" },
  open: { en: "open", ru: "открыто", he: "פתוח", ar: "مفتوح", fr: "ouvert" },
  done: { en: "done, says its owner", ru: "выполнено, по словам исполнителя", he: "בוצע, לדברי האחראי", ar: "أُنجز بحسب المكلَّف", fr: "fait, selon le responsable" },
  confirmed: { en: "confirmed", ru: "подтверждено", he: "אושר", ar: "مؤكَّد", fr: "confirmé" },
  called: { en: "called", ru: "созвана", he: "זומן", ar: "مدعوّ إليه", fr: "convoquée" },
  placed: { en: "place agreed, date open", ru: "место согласовано, дата открыта", he: "המקום סוכם, המועד פתוח", ar: "المكان متفق عليه والموعد مفتوح", fr: "lieu convenu, date ouverte" },
  dated: { en: "date agreed, place open", ru: "дата согласована, место открыто", he: "המועד סוכם, המקום פתוח", ar: "الموعد متفق عليه والمكان مفتوح", fr: "date convenue, lieu ouvert" },
  held: { en: "held", ru: "состоялась", he: "התקיימה", ar: "عُقد", fr: "tenue" },
  minutes: { en: "minutes proposed", ru: "предложен протокол", he: "הוצע פרוטוקול", ar: "اقتُرح المحضر", fr: "procès-verbal proposé" },
  closed: { en: "closed", ru: "закрыто", he: "נסגר", ar: "مغلق", fr: "clos" },
  cancelled: { en: "cancelled", ru: "отменена", he: "בוטל", ar: "ملغى", fr: "annulée" },
  given: { en: "given", ru: "дано", he: "ניתן", ar: "مُعطى", fr: "donné" },
  lapsed: { en: "lapsed", ru: "срок истёк", he: "פקע", ar: "منقضٍ", fr: "échu" },
  stands: { en: "stands", ru: "действует", he: "בתוקף", ar: "قائمة", fr: "en vigueur" },
  "not begun": { en: "not begun", ru: "ещё не началось", he: "טרם החל", ar: "لم تبدأ", fr: "pas commencée" },
  signing: { en: "being signed", ru: "подписывается", he: "בחתימה", ar: "قيد التوقيع", fr: "en cours de signature" },
  signed: { en: "signed by all", ru: "подписано всеми", he: "נחתם בידי הכול", ar: "موقّع من الجميع", fr: "signé par tous" },
  suspended: { en: "suspended", ru: "приостановлено", he: "מושעה", ar: "معلّق", fr: "suspendu" },
  terminated: { en: "ended by notice", ru: "прекращается", he: "בוטל בהודעה", ar: "مُنهى بإشعار", fr: "dénoncé" },
  rejected: { en: "rejected", ru: "отклонено", he: "נדחה", ar: "مرفوض", fr: "rejeté" },
  reported: { en: "reported, a first report is missing", ru: "сообщено, не хватает первого донесения", he: "דווח, חסר דיווח ראשון", ar: "أُبلغ عنه، ينقص تقرير أولي", fr: "signalé, un premier rapport manque" },
  "under review": { en: "under review", ru: "разбирается", he: "בבדיקה", ar: "قيد الاستعراض", fr: "à l’examen" },
  closing: { en: "closed by one side", ru: "закрыт одной стороной", he: "נסגר בידי צד אחד", ar: "أغلقه طرف واحد", fr: "clos par une partie" },
  owed: { en: "to be passed on", ru: "следует передать", he: "יש להעביר", ar: "يجب إبلاغه", fr: "à transmettre" },
  relayed: { en: "passed on and acknowledged", ru: "передано и подтверждено", he: "הועבר ואושר", ar: "أُبلغ وأُقرّ", fr: "transmis et accusé" },
  unacknowledged: { en: "passed on, not acknowledged", ru: "передано, не подтверждено", he: "הועבר, לא אושר", ar: "أُبلغ ولم يُقرّ", fr: "transmis, sans accusé" },
  cannot: { en: "cannot be passed on", ru: "передать невозможно", he: "לא ניתן להעביר", ar: "لا يمكن إبلاغه", fr: "ne peut être transmis" },
  ended: { en: "ended", ru: "завершено", he: "הסתיים", ar: "منتهٍ", fr: "terminé" },
  "not relayed": { en: "over, never passed on", ru: "завершено, не передано", he: "הסתיים ולא הועבר", ar: "انتهى دون إبلاغ", fr: "terminé sans transmission" },
  half: { en: "half given", ru: "дано частично", he: "ניתן חלקית", ar: "مُعطى جزئيًا", fr: "donné à moitié" },
  refused: { en: "refused", ru: "отказано", he: "סורב", ar: "مرفوضة", fr: "refusé" },
  opened: { en: "waits for the other side’s figures", ru: "ожидаются показатели другой стороны", he: "ממתין לנתוני הצד השני", ar: "بانتظار أرقام الطرف الآخر", fr: "attend les chiffres de l’autre partie" },
  agreed: { en: "agreed to the last digit", ru: "совпадает до последней цифры", he: "מוסכם עד הספרה האחרונה", ar: "متطابق حتى آخر رقم", fr: "concordant au chiffre près" },
  differs: { en: "figures differ", ru: "показатели расходятся", he: "הנתונים שונים", ar: "الأرقام مختلفة", fr: "chiffres divergents" },
  read: { en: "read", ru: "прочитано", he: "נקרא", ar: "مقروء", fr: "lu" },
  passed: { en: "passed to units", ru: "передано подразделениям", he: "הועבר ליחידות", ar: "أُبلغت الوحدات", fr: "transmis aux unités" },
  missed: { en: "missed", ru: "пропущено", he: "הוחמץ", ar: "فائت", fr: "manqué" },
  resumed: { en: "pause ended", ru: "пауза окончена", he: "ההשהיה הסתיימה", ar: "انتهى التوقف", fr: "pause terminée" },
  "not called": { en: "not called", ru: "вызова не было", he: "לא נקרא", ar: "لم يُنادَ", fr: "pas d’appel" },
  paused: { en: "paused", ru: "пауза", he: "מושהה", ar: "متوقف", fr: "en pause" },
});

const DUES = words({
  answer: { en: "answer", ru: "ответ", he: "תשובה", ar: "جواب", fr: "réponse" },
  "reply about a meeting": { en: "reply about a meeting", ru: "ответ о встрече", he: "מענה בדבר פגישה", ar: "ردّ بشأن اجتماع", fr: "réponse sur une réunion" },
  "answer about the meeting": { en: "answer about the meeting", ru: "ответ о встрече", he: "מענה בדבר הפגישה", ar: "ردّ بشأن الاجتماع", fr: "réponse sur la réunion" },
  date: { en: "date", ru: "дата", he: "מועד", ar: "موعد", fr: "date" },
  place: { en: "place", ru: "место", he: "מקום", ar: "مكان", fr: "lieu" },
  minutes: { en: "minutes", ru: "протокол", he: "פרוטוקול", ar: "محضر", fr: "procès-verbal" },
  "answer to the minutes": { en: "answer to the minutes", ru: "ответ на протокол", he: "מענה לפרוטוקול", ar: "ردّ على المحضر", fr: "réponse au procès-verbal" },
  "word that it was held": { en: "word that it was held", ru: "сообщение, что состоялась", he: "הודעה שהתקיימה", ar: "إفادة بانعقاده", fr: "mention qu’elle s’est tenue" },
  action: { en: "what was promised", ru: "исполнение", he: "ביצוע", ar: "التنفيذ", fr: "l’exécution" },
  confirmation: { en: "confirmation", ru: "подтверждение", he: "אישור", ar: "تأكيد", fr: "confirmation" },
  "preliminary report": { en: "first report", ru: "первое донесение", he: "דיווח ראשון", ar: "تقرير أولي", fr: "premier rapport" },
  "joint review": { en: "finding of the joint review", ru: "вывод совместного разбора", he: "ממצא הבדיקה המשותפת", ar: "نتيجة الاستعراض المشترك", fr: "conclusion de l’examen conjoint" },
  "figures of the review": { en: "figures for the review", ru: "показатели для обзора", he: "נתונים לסקירה", ar: "أرقام الاستعراض", fr: "chiffres du bilan" },
  consent: { en: "consent", ru: "согласие", he: "הסכמה", ar: "موافقة", fr: "consentement" },
  relay: { en: "word to the third party", ru: "сообщение третьей стороне", he: "הודעה לצד השלישי", ar: "إبلاغ الطرف الثالث", fr: "transmission au tiers" },
});

/** What a state is called; one that is not known here is shown as the node says it. */
export function stateName(state: string): string {
  return state in STATES ? STATES[state as keyof typeof STATES]() : shown(state, 60);
}

/** What is owed; "answer of south" is the answer, said of one among several. */
export function dueName(what: string): string {
  const plain = what in DUES ? what : what.replace(/ of .*$/, "");
  return plain in DUES ? DUES[plain as keyof typeof DUES]() : shown(what, 60);
}
