// What the page says about a copy, in English and Arabic.
"use strict";
var CTE = CTE || {};

CTE.words = (() => {
  /** @type {Record<string, [string, string]>} */
  const WORDS = {
    title: ["Your copy of the article", "نسختك من المقال"],
    hint: [
      "The article itself is not part of the corpus. Drop your own copy here: text, HTML or Markdown. It stays in this page and is sent nowhere.",
      "المقال نفسه ليس جزءا من المدونة. أفلت نسختك هنا: نصا أو HTML أو Markdown. تبقى في هذه الصفحة ولا تُرسل إلى أي مكان.",
    ],
    choose: ["Choose a file", "اختر ملفا"],
    drop: ["or drop one here, or paste its text here", "أو أفلت ملفا هنا، أو ألصق نصه هنا"],
    paste: ["Paste the text", "ألصق النص"],
    use: ["Read this text", "اقرأ هذا النص"],
    reading: ["Reading the copy …", "تجري قراءة النسخة…"],
    again: ["Take the copy away", "أزل النسخة"],
    "not-utf-8": ["This file is not in UTF-8. Save it as UTF-8.", "هذا الملف ليس بترميز UTF-8. احفظه بترميز UTF-8."],
    large: ["This file is too large: up to 10 MB are read.", "هذا الملف كبير جدا: الحد الأقصى 10 ميغابايت."],
    long: ["This text is too long: up to 2,000,000 characters are read.", "هذا النص طويل جدا: الحد الأقصى مليونا حرف."],
    expands: ["This text stands for a far longer one and is not read.", "هذا النص يمثل نصا أطول منه بكثير، فلا يُقرأ."],
    marks: [
      "Too many combining marks stand in a row in this text.",
      "في هذا النص علامات تشكيل متتالية أكثر من اللازم.",
    ],
    kinds: ["This text has too many kinds of rare characters.", "في هذا النص أنواع كثيرة جدا من المحارف النادرة."],
    failed: ["This could not be read.", "تعذرت القراءة."],
    copy: ["This is a copy of the article.", "هذه نسخة من المقال."],
    "edited copy": ["This is an edited copy of the article.", "هذه نسخة معدلة من المقال."],
    part: ["This is a part of the article.", "هذا جزء من المقال."],
    "quotes it": ["This is no copy of the article: it only quotes it.", "هذه ليست نسخة من المقال: إنما تقتبس منه."],
    "shares phrases": [
      "This is no copy of the article: it only has some words in common with it.",
      "هذه ليست نسخة من المقال: بينهما بعض الألفاظ المشتركة فقط.",
    ],
    unrelated: ["This is no copy of the article.", "هذه ليست نسخة من المقال."],
    found: ["of the article is here", "من المقال موجود هنا"],
    verbatim: ["of its sentences are unchanged", "من جمله لم تتغير"],
    own: ["of this text is the article's", "من هذا النص يعود إلى المقال"],
    table: ["How much was found, and how surely", "كم وُجد، وبأي قدر من اليقين"],
    spans: ["quoted spans", "المقاطع المقتبسة"],
    sentences: ["sentences", "الجمل"],
    sections: ["sections", "الأقسام"],
    exact: ["proven, in its place", "مثبت، في موضعه"],
    moved: ["proven, moved", "مثبت، في موضع آخر"],
    loose: ["likely, not proven", "مرجح، غير مثبت"],
    ambiguous: ["one of several places", "أحد مواضع عدة"],
    lost: ["not found", "غير موجود"],
    typography: ["written in another way", "مكتوب بطريقة أخرى"],
    words: ["its words were edited", "عُدلت ألفاظه"],
    place: ["the words are the same", "الألفاظ نفسها"],
    text: ["The text, with what each span supports", "النص، مع ما يدعمه كل مقطع"],
    keys: [
      "Click a marked word, or move with the arrow keys; up goes to the span around it.",
      "انقر على كلمة معلّمة، أو تنقّل بأسهم لوحة المفاتيح؛ السهم الأعلى ينقل إلى المقطع المحيط.",
    ],
    chosen: ["What this span supports", "ما يدعمه هذا المقطع"],
    around: ["Within", "ضمن"],
    spansOf: ["Show its spans", "أظهر مقاطعه"],
    events: ["Events: show the spans of", "الأحداث: أظهر مقاطع"],
    shown: ["spans shown", "مقاطع ظاهرة"],
    mention: ["mention of", "ذكر"],
    head: ["head of", "رأس"],
    trigger: ["trigger of", "لفظ الحدث"],
    heading: ["heading", "عنوان"],
    listing: ["listing of", "إدراج"],
    attribution: ["who says it, of", "من يقول ذلك، في"],
    argument: ["who or what takes part, in", "من يشارك، في"],
    figure: ["a figure of", "رقم في"],
    time: ["when, of", "متى، في"],
    condition: ["a condition of", "شرط في"],
    certainty: ["how sure it is, of", "درجة اليقين، في"],
  };
  const ARABIC = 1;

  /** Whether the page is in Arabic now. */
  const isArabic = () => document.documentElement.lang.startsWith("ar");

  /**
   * The words for something, in the page's language.
   * @param {string} key
   */
  const say = (key) => WORDS[key]?.[isArabic() ? ARABIC : 0] ?? key;

  /**
   * A number, or a share from 0 to 1 in percent, as the page's language writes it.
   * @param {number} value
   * @param {boolean} [isShare]
   */
  const number = (value, isShare = false) =>
    new Intl.NumberFormat(isArabic() ? "ar-u-nu-latn" : "en", {
      style: isShare ? "percent" : "decimal",
      maximumFractionDigits: isShare && value > 0.99 && value < 1 ? 1 : 0,
    }).format(value);

  /**
   * What a record is called in the page's language.
   * @param {{ name: string, ar?: string }} record
   */
  const called = (record) => (isArabic() && record.ar) || record.name;

  return { called, number, say };
})();
