/** Height of a row of the list, in CSS pixels; the style sheet says the same. Where there is little room it has two lines. */
export const ROW_HEIGHT_PX = 34;
export const TALL_ROW_HEIGHT_PX = 60;
