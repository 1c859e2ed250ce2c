// Strings in which each code point is one unit, so that offsets count code points, as they do in the records.
"use strict";
var CTE = CTE || {};

CTE.points = (() => {
  const FIRST = 0xe000;
  const LAST = 0xf8ff;
  const OUTSIDE = /[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff\ue000-\uf8ff]/g;
  const WORD_CHAR = /[\p{L}\p{N}]/u;

  /** Characters beyond 16 bits, each with a private code unit that stands for it. */
  class Points {
    constructor() {
      /** @type {Map<string, string>} */
      this._units = new Map();
      /** @type {Map<string, string>} */
      this._chars = new Map();
      this._letters = "";
    }

    /**
     * The text with one unit for each code point.
     * @param {string} text
     * @throws {RangeError} `kinds`: the texts have more kinds of such characters than there are private units
     */
    encode(text) {
      return text.replace(OUTSIDE, (char) => this._units.get(char) ?? this._add(char));
    }

    /**
     * The text as it was.
     * @param {string} text
     */
    decode(text) {
      return this._chars.size ? text.replace(/[\ue000-\uf8ff]/g, (unit) => this.char(unit)) : text;
    }

    /**
     * The character for which a unit stands.
     * @param {string} unit
     */
    char(unit) {
      return this._chars.get(unit) ?? unit;
    }

    /**
     * Whether a unit stands for a letter or a number; the empty string does not.
     * @param {string} unit
     */
    isWordChar(unit) {
      return WORD_CHAR.test(this.char(unit));
    }

    /** The pattern of a word in an encoded text. */
    word() {
      return new RegExp(`[\\p{L}\\p{N}_${this._letters}]+`, "gu");
    }

    /** @param {string} char */
    _add(char) {
      const code = FIRST + this._units.size;
      if (code > LAST) throw new RangeError("kinds");
      const unit = String.fromCharCode(code);
      this._units.set(char, unit);
      this._chars.set(unit, char);
      if (WORD_CHAR.test(char)) this._letters += unit;
      return unit;
    }
  }

  return { Points };
})();
