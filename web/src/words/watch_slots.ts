import { words } from "../kernel/words.ts";

/** Places of a phrase: what each means, and how its values are written. */
export const SLOTS = words({
  activity: { en: "Activity (its id)", ru: "Деятельность (номер)", he: "פעילות (מזהה)", ar: "النشاط (معرّفه)", fr: "Activité (identifiant)" },
  ours: { en: "Ours", ru: "Наше", he: "שלנו", ar: "لنا", fr: "Le nôtre" },
  yours: { en: "Theirs", ru: "Их", he: "שלהם", ar: "لهم", fr: "Le leur" },
  area: { en: "Area", ru: "Район", he: "אזור", ar: "المنطقة", fr: "Zone" },
  place: { en: "Place", ru: "Место", he: "מקום", ar: "المكان", fr: "Lieu" },
  from: { en: "From", ru: "От / с", he: "החל מ־", ar: "من", fr: "De / à partir de" },
  to: { en: "To", ru: "До / куда", he: "אל", ar: "إلى", fr: "À / jusqu’à" },
  until: { en: "Until", ru: "До (время)", he: "עד (זמן)", ar: "حتى (وقت)", fr: "Jusqu’à (heure)" },
  time: { en: "Time", ru: "Время", he: "זמן", ar: "الوقت", fr: "Heure" },
  height: { en: "Height", ru: "Высота", he: "גובה", ar: "الارتفاع", fr: "Hauteur" },
  lower: { en: "Lower limit", ru: "Нижняя граница", he: "גבול תחתון", ar: "الحد الأدنى", fr: "Limite inférieure" },
  upper: { en: "Upper limit", ru: "Верхняя граница", he: "גבול עליון", ar: "الحد الأعلى", fr: "Limite supérieure" },
  depth: { en: "Depth", ru: "Глубина", he: "עומק", ar: "العمق", fr: "Profondeur" },
  distance: { en: "Distance", ru: "Расстояние", he: "מרחק", ar: "المسافة", fr: "Distance" },
  freq: { en: "Frequency", ru: "Частота", he: "תדר", ar: "التردد", fr: "Fréquence" },
  bearing: { en: "Bearing (true)", ru: "Пеленг (истинный)", he: "כיוון (אמיתי)", ar: "الاتجاه (حقيقي)", fr: "Relèvement (vrai)" },
  duration: { en: "How long", ru: "Как долго", he: "משך", ar: "المدة", fr: "Durée" },
  count: { en: "How many", ru: "Сколько", he: "כמה", ar: "كم", fr: "Combien" },
  callsign: { en: "Call sign", ru: "Позывной", he: "אות קריאה", ar: "نداء التعريف", fr: "Indicatif" },
  name: { en: "Name", ru: "Название", he: "שם", ar: "الاسم", fr: "Nom" },
  role: { en: "Role", ru: "Должность", he: "תפקיד", ar: "الدور", fr: "Fonction" },
});

export const HINTS = words({
  place: { en: "degrees-minutes-seconds or MGRS", ru: "градусы-минуты-секунды или MGRS", he: "מעלות־דקות־שניות או MGRS", ar: "درجات-دقائق-ثوانٍ أو MGRS", fr: "degrés-minutes-secondes ou MGRS" },
  area: { en: "a name both sides know, corners with commas, or place R distance", ru: "известное обеим имя, углы через запятую или место R расстояние", he: "שם ששני הצדדים מכירים, פינות בפסיקים, או מקום R מרחק", ar: "اسم يعرفه الطرفان، أو زوايا بفواصل، أو مكان R مسافة", fr: "un nom connu des deux, des sommets séparés par des virgules, ou lieu R distance" },
  time: { en: "with its zone", ru: "с указанием пояса", he: "עם אזור הזמן", ar: "مع المنطقة الزمنية", fr: "avec son fuseau" },
  height: { en: "with unit and datum", ru: "с единицей и началом отсчёта", he: "עם יחידה ומישור ייחוס", ar: "مع الوحدة والمرجع", fr: "avec unité et référence" },
  figure: { en: "with its unit", ru: "с единицей", he: "עם יחידה", ar: "مع الوحدة", fr: "avec son unité" },
  text: { en: "up to 80 characters", ru: "до 80 знаков", he: "עד 80 תווים", ar: "حتى 80 حرفًا", fr: "80 caractères au plus" },
  like: { en: "like", ru: "например", he: "כגון", ar: "مثل", fr: "par exemple" },
});
