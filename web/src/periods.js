// Stretches of time as whole numbers, so that a chart has a place for those without events, too.
import { dayInWords, mondayOf } from "./words.js";

const DAY = 86400000;
export const UNITS = ["day", "week", "month", "year"];

/** The number of a period as the server writes it: "2025-10-24", "2025-W43", "2025-10", "2025". */
export function indexOf(period, unit) {
  if (unit === "year") return +period;
  if (unit === "month") return +period.slice(0, 4) * 12 + +period.slice(5, 7) - 1;
  if (unit === "week") return Math.floor((mondayOf(+period.slice(0, 4), +period.slice(6, 8)) / DAY + 3) / 7);
  return Date.parse(`${period}T00:00:00Z`) / DAY;
}

const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/** First and last day as filters take them. */
export function daysOf(index, unit) {
  if (unit === "year") return { from: String(index).padStart(4, "0"), to: String(index).padStart(4, "0") };
  if (unit === "month") {
    const month = `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}`;
    return { from: month, to: month };
  }
  if (unit === "week") return { from: iso(index * 7 - 3), to: iso(index * 7 + 3) };
  return { from: iso(index), to: iso(index) };
}

export function periodInWords(index, unit) {
  const { from } = daysOf(index, unit);
  return unit === "week" ? `week of ${dayInWords(from)}` : dayInWords(from);
}

/** The unit that gives a readable number of columns to so many months. */
export function fittingUnit(months) {
  if (months <= 3) return "day";
  if (months <= 18) return "week";
  return months <= 144 ? "month" : "year";
}

/**
 * [first, last] of the indices that a chart shows: all, or without a thin tail far off ("in 1953 ...") when that would squeeze the rest.
 * `rows`: [{index, events}] in order.
 */
export function mainStretch(rows, all) {
  const whole = [rows[0].index, rows[rows.length - 1].index];
  const sum = rows.reduce((total, row) => total + row.events, 0);
  if (all || sum < 50) return whole;
  let [low, high] = [0, rows.length - 1];
  for (let left = 0.01 * sum; (left -= rows[low].events) > 0; ) ++low;
  for (let left = 0.01 * sum; (left -= rows[high].events) > 0; ) --high;
  const inner = [rows[low].index, rows[high].index];
  return whole[1] - whole[0] > 2 * (inner[1] - inner[0] + 1) ? inner : whole;
}

/** At most `most` indices with words for the axis: years where there are several, else the periods themselves. */
export function ticksOf(first, last, unit, most) {
  const perYear = { day: 365.25, week: 52.18, month: 12, year: 1 }[unit];
  const years = (last - first) / perYear;
  const ticks = [];
  if (years >= 2 || unit === "year") {
    const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((size) => years / size <= most) || 1000;
    const year = +daysOf(first, unit).from.slice(0, 4);
    for (let one = Math.ceil(year / step) * step; one <= year + years + 1; one += step) {
      const index = unit === "year" ? one : unit === "month" ? one * 12 : indexOf(unit === "week" ? `${one}-W01` : `${one}-01-01`, unit);
      if (index >= first && index <= last) ticks.push({ index, words: String(one) });
    }
    if (ticks.length > 1) return ticks;
  }
  const step = Math.max(1, Math.ceil((last - first + 1) / most));
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => {
    const index = first + i * step;
    const words = periodInWords(index, unit).replace("week of ", "");
    return { index, words: words.replace(/^(\d+ )?([A-Z][a-z]{2})[a-z]*/, "$1$2") };
  });
}

/** Round numbers for a value axis from 0 to at least `top`. */
export function stepsTo(top, most = 3) {
  const size = 10 ** Math.floor(Math.log10(Math.max(top, 1) / most || 1));
  const step = [1, 2, 5, 10].map((times) => Math.max(1, times * size)).find((one) => top / one <= most) || top;
  return Array.from({ length: Math.floor(top / step) }, (_, i) => (i + 1) * step);
}
