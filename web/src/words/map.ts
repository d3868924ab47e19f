/** The map's words. */
import { words } from "../kernel/words.ts";

export const W = words({
  map: { en: "Map", ru: "Карта", he: "מפה", ar: "الخريطة", fr: "Carte" },
  map_of: {
    en: "Map: {n} areas shown. Arrow keys move it, plus and minus change the scale.",
    ru: "Карта: показано районов: {n}. Стрелки сдвигают её, плюс и минус меняют масштаб.",
    he: "מפה: מוצגים {n} אזורים. מקשי החצים מזיזים אותה, פלוס ומינוס משנים את קנה המידה.",
    ar: "الخريطة: عدد المناطق المعروضة {n}. تحركها مفاتيح الأسهم، ويغير زائد وناقص المقياس.",
    fr: "Carte : {n} zones affichées. Les flèches la déplacent, plus et moins changent l’échelle.",
  },
  closer: { en: "Zoom in", ru: "Крупнее", he: "התקרבות", ar: "تكبير", fr: "Agrandir" },
  farther: { en: "Zoom out", ru: "Мельче", he: "התרחקות", ar: "تصغير", fr: "Réduire" },
  north: {
    en: "North up", ru: "Север вверху", he: "צפון למעלה", ar: "الشمال إلى الأعلى", fr: "Nord en haut",
  },
  whole: {
    en: "Show everything", ru: "Показать всё", he: "הצגת הכול", ar: "إظهار الكل", fr: "Tout afficher",
  },
  measure: {
    en: "Measure range and bearing", ru: "Измерить дальность и пеленг", he: "מדידת טווח ואזימוט",
    ar: "قياس المسافة والاتجاه", fr: "Mesurer distance et relèvement",
  },
  measure_start: {
    en: "Point at the start, then at the end.", ru: "Укажите начало, затем конец.",
    he: "יש לסמן את נקודת ההתחלה ולאחריה את הסוף.", ar: "حدد البداية ثم النهاية.",
    fr: "Pointez le départ, puis l’arrivée.",
  },
  bearing: {
    en: "{nm} NM, {km} km, bearing {deg}° true", ru: "{nm} м. миль, {km} км, истинный пеленг {deg}°",
    he: "\u2066{nm} NM\u2069, {km} ק״מ, אזימוט אמיתי {deg}°", ar: "{nm} ميل بحري، {km} كم، اتجاه حقيقي {deg}°",
    fr: "{nm} NM, {km} km, relèvement vrai {deg}°",
  },
  position: {
    en: "Position", ru: "Координаты", he: "נקודת ציון", ar: "الموقع", fr: "Position",
  },
  legend: { en: "Legend", ru: "Условные знаки", he: "מקרא", ar: "مفتاح الرموز", fr: "Légende" },
  layers: { en: "Layers", ru: "Слои", he: "שכבות", ar: "الطبقات", fr: "Couches" },
  whose: {
    en: "Whose it is: colour, line and badge", ru: "Чьё: цвет, линия и значок",
    he: "של מי: צבע, קו ותג", ar: "لمن: اللون والخط والشارة", fr: "À qui : couleur, trait et badge",
  },
  own: {
    en: "Our party: solid line and badge", ru: "Наша сторона: сплошная линия и рамка значка",
    he: "הצד שלנו: קו ותג רצופים", ar: "طرفنا: خط وشارة متصلان",
    fr: "Notre partie : trait et badge pleins",
  },
  peer: {
    en: "Another party: dashed line and badge", ru: "Другая сторона: штриховая линия и рамка значка",
    he: "צד אחר: קו ותג מקווקווים", ar: "طرف آخر: خط وشارة متقطعان",
    fr: "Autre partie : trait et badge tiretés",
  },
  third: {
    en: "Third party: dotted line and badge", ru: "Третья сторона: точечная линия и рамка значка",
    he: "צד שלישי: קו ותג מנוקדים", ar: "طرف ثالث: خط وشارة منقطان",
    fr: "Tiers : trait et badge pointillés",
  },
  status: {
    en: "Status: weight of the outline", ru: "Состояние: толщина контура", he: "מצב: עובי קו המתאר",
    ar: "الحالة: سماكة الحد", fr: "État : épaisseur du contour",
  },
  planned: {
    en: "Planned: thin", ru: "Запланировано: тонкий", he: "מתוכנן: דק", ar: "مخطط: رفيع",
    fr: "Prévu : fin",
  },
  active: {
    en: "Active: thick", ru: "Действует: толстый", he: "פעיל: עבה", ar: "نشط: سميك", fr: "Actif : épais",
  },
  unconfirmed: {
    en: "Not confirmed: double, and a question mark", ru: "Не подтверждено: двойной и вопросительный знак",
    he: "לא מאושר: כפול וסימן שאלה", ar: "غير مؤكد: مزدوج وعلامة استفهام",
    fr: "Non confirmé : double, et un point d’interrogation",
  },
  ended: {
    en: "Ended: faint", ru: "Завершено: бледный", he: "הסתיים: חיוור", ar: "منتهٍ: باهت",
    fr: "Terminé : pâle",
  },
  arena: {
    en: "Arena: texture", ru: "Среда: текстура", he: "זירה: מרקם", ar: "المجال: النسيج",
    fr: "Milieu : texture",
  },
  air: { en: "Air", ru: "Воздух", he: "אוויר", ar: "الجو", fr: "Air" },
  sea: { en: "Sea", ru: "Море", he: "ים", ar: "البحر", fr: "Mer" },
  spectrum: { en: "Radio", ru: "Радио", he: "רדיו", ar: "الراديو", fr: "Radio" },
  conflict: {
    en: "Conflict: hatched, heavy outline", ru: "Конфликт: штриховка, жирный контур",
    he: "התנגשות: קווקוו וקו מתאר עבה", ar: "تعارض: تهشير وحد غليظ",
    fr: "Conflit : hachures, contour épais",
  },
  chosen: {
    en: "Selected: pale halo", ru: "Выбрано: светлый ореол", he: "נבחר: הילה בהירה",
    ar: "محدد: هالة فاتحة", fr: "Sélectionné : halo pâle",
  },
  no_map: {
    en: "The map cannot be drawn", ru: "Карту нельзя построить", he: "לא ניתן לצייר את המפה",
    ar: "لا يمكن رسم الخريطة", fr: "La carte ne peut pas être tracée",
  },
  no_webgl: {
    en: "This browser refuses WebGL, which the map needs. Everything on the map is also in the tables and charts, which work.",
    ru: "Браузер не даёт WebGL, а карте он нужен. Всё, что есть на карте, есть и в таблицах и графиках: они работают.",
    he: "הדפדפן מסרב ל־WebGL, הנדרש למפה. כל מה שבמפה מופיע גם בטבלאות ובתרשימים, והם פועלים.",
    ar: "يرفض هذا المتصفح WebGL الذي تحتاجه الخريطة. كل ما في الخريطة موجود أيضًا في الجداول والرسوم البيانية، وهي تعمل.",
    fr: "Ce navigateur refuse WebGL, dont la carte a besoin. Tout ce qui est sur la carte est aussi dans les tableaux et les graphiques, qui fonctionnent.",
  },
  fault: {
    en: "The map has a fault: {why}", ru: "Сбой карты: {why}", he: "תקלה במפה: {why}",
    ar: "عطل في الخريطة: {why}", fr: "La carte a un défaut : {why}",
  },
  no_borders: {
    en: "Coasts: Natural Earth. No borders are drawn. Not for navigation.",
    ru: "Берега: Natural Earth. Границы не показаны. Не для навигации.",
    he: "קווי חוף: Natural Earth. גבולות אינם מצוירים. לא לניווט.",
    ar: "السواحل: Natural Earth. لا تُرسم حدود. ليست للملاحة.",
    fr: "Côtes : Natural Earth. Aucune frontière tracée. Pas pour la navigation.",
  },
  drawing: { en: "Drawing", ru: "Рисование", he: "שרטוט", ar: "الرسم", fr: "Dessin" },
  draw_polygon: {
    en: "Click each corner; Enter or the first corner finishes, Esc cancels.",
    ru: "Щёлкните каждый угол; Enter или первый угол завершает, Esc отменяет.",
    he: "יש ללחוץ על כל פינה; Enter או הפינה הראשונה מסיימים, Esc מבטל.",
    ar: "انقر كل زاوية؛ ينهي Enter أو الزاوية الأولى، ويلغي Esc.",
    fr: "Cliquez chaque sommet ; Entrée ou le premier sommet termine, Échap annule.",
  },
  draw_circle: {
    en: "Click the centre, then a place on the rim; Esc cancels.",
    ru: "Щёлкните центр, затем точку на окружности; Esc отменяет.",
    he: "יש ללחוץ על המרכז ואז על נקודה בהיקף; Esc מבטל.",
    ar: "انقر المركز ثم نقطة على المحيط؛ يلغي Esc.",
    fr: "Cliquez le centre, puis un point du cercle ; Échap annule.",
  },
  draw_corridor: {
    en: "Click each point of the line; Enter finishes, Esc cancels. The form sets the half-width.",
    ru: "Щёлкните каждую точку линии; Enter завершает, Esc отменяет. Полуширина задаётся в форме.",
    he: "יש ללחוץ על כל נקודה בקו; Enter מסיים, Esc מבטל. מחצית הרוחב נקבעת בטופס.",
    ar: "انقر كل نقطة من الخط؛ ينهي Enter ويلغي Esc. يحدد النموذج نصف العرض.",
    fr: "Cliquez chaque point de la ligne ; Entrée termine, Échap annule. Le formulaire fixe la demi-largeur.",
  },
  draw_point: {
    en: "Click the place; Esc cancels.", ru: "Щёлкните место; Esc отменяет.",
    he: "יש ללחוץ על המקום; Esc מבטל.", ar: "انقر المكان؛ يلغي Esc.",
    fr: "Cliquez le lieu ; Échap annule.",
  },
  draw_change: {
    en: "Drag a point or the whole; a small point adds one, a right click removes one.",
    ru: "Перетащите точку или всю фигуру; малая точка добавляет, правый щелчок удаляет.",
    he: "יש לגרור נקודה או את הצורה כולה; נקודה קטנה מוסיפה, לחיצה ימנית מסירה.",
    ar: "اسحب نقطة أو الشكل كله؛ النقطة الصغيرة تضيف، والنقر الأيمن يحذف.",
    fr: "Faites glisser un point ou l’ensemble ; un petit point en ajoute un, un clic droit en retire un.",
  },
  not_by_pointer: {
    en: "This shape cannot be changed with the pointer; its form can.",
    ru: "Эту фигуру нельзя изменить указателем; можно в форме.",
    he: "לא ניתן לשנות צורה זו במצביע; ניתן בטופס.",
    ar: "لا يمكن تغيير هذا الشكل بالمؤشر؛ يمكن ذلك في النموذج.",
    fr: "Cette forme ne se modifie pas au pointeur ; son formulaire le permet.",
  },
  undo: { en: "Undo", ru: "Отменить шаг", he: "ביטול צעד", ar: "تراجع", fr: "Défaire" },
  redo: { en: "Redo", ru: "Вернуть шаг", he: "חזרה על צעד", ar: "إعادة", fr: "Refaire" },
  finish: { en: "Finish", ru: "Завершить", he: "סיום", ar: "إنهاء", fr: "Terminer" },
  cancel: { en: "Cancel", ru: "Отмена", he: "ביטול", ar: "إلغاء", fr: "Annuler" },
  own_layers: {
    en: "Your own layers", ru: "Свои слои", he: "השכבות שלך", ar: "طبقاتك الخاصة", fr: "Vos couches",
  },
  layers_are: {
    en: "GeoJSON, KML or PMTiles from this computer. They stay in this browser; nobody else sees them, and nothing is judged by them.",
    ru: "GeoJSON, KML или PMTiles с этого компьютера. Они остаются в этом браузере: больше никто их не видит, и по ним ничего не проверяется.",
    he: "קובצי GeoJSON, KML או PMTiles מהמחשב הזה. הם נשארים בדפדפן זה; איש אחר אינו רואה אותם, ודבר אינו נבדק לפיהם.",
    ar: "ملفات GeoJSON أو KML أو PMTiles من هذا الحاسوب. تبقى في هذا المتصفح؛ لا يراها غيرك، ولا يُحكم بها على شيء.",
    fr: "GeoJSON, KML ou PMTiles de cet ordinateur. Elles restent dans ce navigateur ; personne d’autre ne les voit, et rien n’est jugé d’après elles.",
  },
  no_layers: {
    en: "None yet.", ru: "Пока нет.", he: "אין עדיין.", ar: "لا شيء بعد.", fr: "Aucune pour l’instant.",
  },
  stated_source: {
    en: "Its source, as you state it", ru: "Источник, с ваших слов", he: "מקורה, לפי הצהרתך",
    ar: "مصدرها كما تذكره", fr: "Sa source, selon vous",
  },
  source_not_stated: {
    en: "Source not stated", ru: "Источник не указан", he: "המקור לא צוין", ar: "المصدر غير مذكور",
    fr: "Source non indiquée",
  },
  add_layer: {
    en: "Add a layer from a file", ru: "Добавить слой из файла", he: "הוספת שכבה מקובץ",
    ar: "إضافة طبقة من ملف", fr: "Ajouter une couche depuis un fichier",
  },
  opacity_of: {
    en: "Opacity of {name}", ru: "Непрозрачность: {name}", he: "אטימות: {name}",
    ar: "عتامة {name}", fr: "Opacité de {name}",
  },
  raise: {
    en: "Move {name} up", ru: "Поднять: {name}", he: "העלאה: {name}", ar: "رفع {name}",
    fr: "Monter {name}",
  },
  lower: {
    en: "Move {name} down", ru: "Опустить: {name}", he: "הורדה: {name}", ar: "خفض {name}",
    fr: "Descendre {name}",
  },
  remove: {
    en: "Remove {name}", ru: "Убрать: {name}", he: "הסרה: {name}", ar: "إزالة {name}",
    fr: "Retirer {name}",
  },
  layer_refused: {
    en: "Left out, as it would be fetched from elsewhere: {what}",
    ru: "Не взято, так как загружалось бы извне: {what}",
    he: "הושמט, כי היה נטען ממקום אחר: {what}",
    ar: "تُرك لأنه يُجلب من مكان آخر: {what}",
    fr: "Laissé de côté, car il viendrait d’ailleurs : {what}",
  },
  layer_not_read: {
    en: "This file cannot be read.", ru: "Этот файл не читается.", he: "לא ניתן לקרוא קובץ זה.",
    ar: "لا يمكن قراءة هذا الملف.", fr: "Ce fichier est illisible.",
  },
  layer_too_large: {
    en: "This file is too large: 50 MB or 500,000 points at most.",
    ru: "Файл слишком велик: не более 50 МБ и 500 000 точек.",
    he: "הקובץ גדול מדי: עד ⁦50 MB⁩ או 500,000 נקודות.",
    ar: "الملف كبير جدًا: 50 ميغابايت أو 500,000 نقطة على الأكثر.",
    fr: "Ce fichier est trop grand : 50 Mo ou 500 000 points au plus.",
  },
  layer_no_places: {
    en: "This file has no places that a map can show.", ru: "В файле нет мест, которые можно показать на карте.",
    he: "אין בקובץ מקומות שמפה יכולה להציג.", ar: "لا يحتوي الملف على مواقع يمكن عرضها.",
    fr: "Ce fichier n’a aucun lieu à montrer.",
  },
  layer_entities: {
    en: "This file declares entities, which are refused.", ru: "В файле есть сущности XML: они не принимаются.",
    he: "הקובץ מצהיר על ישויות XML, והן נדחות.", ar: "يعلن الملف كيانات XML، وهي مرفوضة.",
    fr: "Ce fichier déclare des entités, qui sont refusées.",
  },
  layer_unknown_kind: {
    en: "Only .geojson, .json, .kml and .pmtiles are read. Unzip a .kmz first.",
    ru: "Читаются только .geojson, .json, .kml и .pmtiles. Файл .kmz сначала распакуйте.",
    he: "נקראים רק ‎.geojson, .json, .kml ו־‎.pmtiles. יש לפרוס קובץ ‎.kmz תחילה.",
    ar: "تُقرأ ملفات ‎.geojson و‎.json و‎.kml و‎.pmtiles فقط. فك ضغط ‎.kmz أولًا.",
    fr: "Seuls .geojson, .json, .kml et .pmtiles sont lus. Décompressez d’abord un .kmz.",
  },
  undeclared: {
    en: "Not declared", ru: "Не заявлено", he: "לא הוצהר", ar: "غير معلن", fr: "Non déclaré",
  },
  tone_draft: {
    en: "Draft: solid line, no badge", ru: "Черновик: сплошная линия без значка", he: "טיוטה: קו רצוף ללא תג",
    ar: "مسودة: خط متصل بلا شارة", fr: "Brouillon : trait plein sans badge",
  },
  tone_option: {
    en: "Option: dashed", ru: "Вариант: штриховая", he: "חלופה: קו מקווקו", ar: "خيار: خط متقطع",
    fr: "Option : trait tireté",
  },
  tone_before: {
    en: "As it was: dotted", ru: "Как было: точечная", he: "כפי שהיה: קו נקודות",
    ar: "كما كان: خط منقط", fr: "Tel qu’avant : trait pointillé",
  },
});
