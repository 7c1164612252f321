// How much room the texts of a box take, so that names stand whole: the page's style sheet and the exported picture
// both follow these figures.
import type { Badge, Tile } from "./drawing";
import { widthOf, wrapped } from "./measure";

/// Where a heading's parts stand, px from its upper left corner: baseline of the title's first line, of the detail, and
/// for each badge its left end and the middle of its row.
export interface Placed {
  title: { x: number; y: number };
  detail: { x: number; y: number; room: number } | null;
  badges: { x: number; y: number }[];
}

/// How many lines title and detail have, the height they take, and where they stand.
export interface Fit {
  lines: number;
  detailLines: number;
  height: number;
  below: boolean; // badges stand in rows of their own
  placed: Placed | null;
}

export const type = {
  head: { title: 19, detail: 12, line: 25 },
  lane: { title: 14, detail: 12, line: 20 },
  card: { title: 13.5, detail: 12, line: 17 },
  small: { title: 12, detail: 11, line: 16 },
  note: { title: 12, line: 17 },
  badge: 11,
};

/// Signs beside a title or detail, with the gap before the next.
export const signRoom = 20;

export const badgeWidth = (badge: Badge): number => Math.ceil(widthOf(badge.text, type.badge, true)) + 16;
export const badgesWidth = (badges: readonly Badge[]): number => badges.reduce((sum, badge) => sum + badgeWidth(badge) + 4, 0);
export const tileWidth = (tile: Tile | null, small = false): number => (tile ? Math.max(small ? 34 : 46, Math.ceil(widthOf(tile.text, small ? 11 : 13, true)) + (small ? 8 : 12)) : 0);

/// Rounding of the browser's own breaking of lines.
const slack = 3;

const linesOf = (text: string, width: number, size: number, bold: boolean, most: number): number => wrapped(text, width - slack, size, bold, most).length;

interface Sizes {
  title: number;
  line: number;
  detail: number;
}

/// Title, detail and badges one after the other, each in the next row where the last has no room for it: as the style
/// sheet lets them wrap. `left` and `top` are the box's padding.
function flow(title: string, detail: string, badges: readonly Badge[], sizes: Sizes, sign: number, width: number, left: number, top: number, most: number): Fit {
  const inner = width - 2 * left - 2;
  const gap = 8;
  const own = sign + Math.ceil(widthOf(title, sizes.title, true)) + slack;
  const lines = own <= inner ? 1 : linesOf(title, inner - sign, sizes.title, true, most);
  const placed: Placed = { title: { x: left + sign, y: top + sizes.line * 0.76 }, detail: null, badges: [] };
  let used = Math.min(own, inner);
  let row = top;
  let height = lines * sizes.line;
  const next = (): void => {
    row += height + 2;
    height = 20;
    used = 0;
  };
  if (detail) {
    const wide = Math.ceil(widthOf(detail, sizes.detail)) + slack;
    if (used + gap + wide > inner || lines > 1) next();
    const x = used === 0 ? 0 : used + gap;
    placed.detail = { x: left + x, y: row + height / 2 + 4.5, room: inner - x };
    used = Math.min(inner, x + wide);
  }
  let below = false;
  if (badges.length > 0) {
    const rows: number[][] = [[]];
    let room = 0;
    const all = badgesWidth(badges) - 4;
    if (used > 0 && (used + gap + all > inner || (lines > 1 && placed.detail === null))) {
      next();
      below = true;
    }
    for (const badge of badges) {
      const wide = badgeWidth(badge);
      if (room > 0 && room + wide > inner) {
        rows.push([]);
        room = 0;
      }
      rows[rows.length - 1]!.push(wide);
      room += wide + 4;
    }
    rows.forEach((each, k) => {
      if (k > 0) next();
      let x = width - left - 1 - each.reduce((sum, wide) => sum + wide + 4, -4);
      for (const wide of each) {
        placed.badges.push({ x, y: row + height / 2 });
        x += wide + 4;
      }
    });
  }
  return { lines, detailLines: 1, height: row + height + top, below, placed };
}

export const laneFit = (title: string, detail: string, badges: readonly Badge[], final: boolean, width: number): Fit =>
  flow(title, detail, badges, type.lane, final ? signRoom : 0, width, 12, 9, 3);

export const headFit = (title: string, detail: string, badges: readonly Badge[], width: number): Fit => flow(title, detail, badges, type.head, 0, width, 16, 12, 1);

/// Title over all the width but the tile's; below it the detail, and signs at its right.
export function cardFit(title: string, detail: string, left: number, signs: number, tile: Tile | null, width: number, least: number): Fit {
  const room = width - 22 - left - (tile ? tileWidth(tile) + 8 : 0);
  const lines = linesOf(title, room, type.card.title, true, 4);
  const detailLines = detail ? linesOf(detail, room - signs * 18 - 4, type.card.detail, false, 4) : 0;
  return { lines, detailLines, height: Math.max(least, (lines + detailLines) * type.card.line + 14), below: false, placed: null };
}

/// Two lines for the title, or three where it needs them; below it place, signs and tile.
export function smallFit(title: string, signs: number, width: number, least: number): Fit {
  const lines = Math.max(2, linesOf(title, width - 16 - signs * 16, type.small.title, true, 3));
  return { lines, detailLines: 1, height: least + (lines - 2) * type.small.line, below: false, placed: null };
}

/// A segment as one box: title beside its tile, the counts line by line, badges at the foot.
export function countsFit(title: string, details: number, badges: readonly Badge[], tile: Tile | null, final: boolean, width: number): Fit {
  const lines = linesOf(title, width - 30 - (tile ? tileWidth(tile) + 8 : 0) - (final ? signRoom : 0), type.lane.title, true, 2);
  const top = Math.max(lines * type.lane.line, tile ? 26 : 0) + details * 18;
  const foot = flow("", "", badges, type.lane, 0, width, 14, 0, 1);
  const placed = { title: { x: 14 + (final ? signRoom : 0), y: 25 }, detail: null, badges: (foot.placed?.badges ?? []).map(({ x, y }) => ({ x, y: y + top + 12 })) };
  return { lines, detailLines: details, height: 22 + top + (badges.length > 0 ? foot.height + 4 : 0), below: true, placed };
}

/// Title of a problem, project or result beside a sign `lead` px wide, whole; one line of detail below it.
export function recordFit(title: string, lead: number, tile: Tile | null, width: number, least: number): Fit {
  const lines = linesOf(title, width - 26 - lead - (tile ? tileWidth(tile) + 8 : 0), 13, true, 4);
  return { lines, detailLines: 1, height: Math.max(least, lines * type.card.line + 26), below: false, placed: null };
}

/// Lines of a note, or of an institution's name.
export const noteLines = (text: string, width: number, most: number): number => linesOf(text, width, type.note.title, false, most);
