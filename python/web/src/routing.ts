// How links run between boxes: in the free ground between columns, and past a column through a gap between its boxes, so
// that no link lies on a text.
import { size } from "./boxes";
import type { Box, Curve, Join, Point } from "./drawing";

const centre = (box: Box): number => box.y + box.height / 2;
const rightOf = (a: Box, b: Box): boolean => b.x >= a.x + a.width;
const leftOf = (a: Box, b: Box): boolean => b.x + b.width <= a.x;

/// A free strip across a column.
interface Gap {
  top: number;
  bottom: number;
}

/// Boxes that stand above each other, and the strips between them.
interface Column {
  left: number;
  right: number;
  gaps: Gap[];
}

/// Where a join passes a column.
interface Pass {
  column: Column;
  gap: number;
  y: number;
}

/// Room that links may take below the lowest box.
export const underLinks = 40;
/// Kept free above and below a box.
const clear = 3;

/// The columns of a view from left to right. Headings may span several: they bound them above alone.
function columnsOf(boxes: readonly Box[]): Column[] {
  const heads = boxes.filter((box) => box.shape === "head");
  const standing = boxes.filter((box) => box.shape !== "head" && box.shape !== "whole" && !box.id.startsWith("whole-")).sort((a, b) => a.x - b.x);
  const groups: Box[][] = [];
  let right = -Infinity;
  for (const box of standing) {
    if (groups.length === 0 || box.x >= right) groups.push([]);
    groups[groups.length - 1]!.push(box);
    right = Math.max(right, box.x + box.width);
  }
  const lowest = Math.max(...standing.map((box) => box.y + box.height));
  return groups.map((group) => {
    const left = Math.min(...group.map((box) => box.x));
    const end = Math.max(...group.map((box) => box.x + box.width));
    let top = Math.max(-clear, ...heads.filter((head) => head.x < end && head.x + head.width > left).map((head) => head.y + head.height));
    const gaps: Gap[] = [];
    for (const box of [...group].sort((a, b) => a.y - b.y)) {
      gaps.push({ top: top + clear, bottom: box.y - clear });
      top = Math.max(top, box.y + box.height);
    }
    gaps.push({ top: top + clear, bottom: lowest + underLinks });
    return { left, right: end, gaps: gaps.filter((gap) => gap.bottom - gap.top >= 2) };
  });
}

/// By join: the columns it passes and the gap in each, the one of least detour that is not too full.
function passesOf(joins: readonly Join[], columns: readonly Column[]): Pass[][] {
  const through = new Map<Gap, { join: number; pass: Pass; wanted: number }[]>();
  const all = joins.map(({ from, to }, index): Pass[] => {
    const ahead = rightOf(from, to);
    if (!ahead && !leftOf(from, to)) return [];
    const [first, last] = ahead ? [from, to] : [to, from];
    const between = columns.filter((column) => column.left >= first.x + first.width && column.right <= last.x && column.gaps.length > 0);
    const passes = between.map((column): Pass => {
      let at = 0;
      let least = Infinity;
      let wanted = 0;
      column.gaps.forEach((gap, k) => {
        const nearest = Math.min(gap.bottom, Math.max(gap.top, (centre(from) + centre(to)) / 2));
        const detour = Math.abs(centre(from) - nearest) + Math.abs(centre(to) - nearest);
        const cost = detour + (60 * (through.get(gap)?.length ?? 0)) / Math.max(1, (gap.bottom - gap.top) / 3);
        if (cost >= least) return;
        least = cost;
        at = k;
        wanted = (centre(from) + centre(to)) / 2;
      });
      const pass: Pass = { column, gap: at, y: 0 };
      const gap = column.gaps[at]!;
      const others = through.get(gap);
      const own = { join: index, pass, wanted };
      if (others) others.push(own);
      else through.set(gap, [own]);
      return pass;
    });
    return ahead ? passes : passes.reverse();
  });
  for (const [gap, those] of through) {
    those.sort((a, b) => a.wanted - b.wanted || a.join - b.join);
    const step = Math.min((gap.bottom - gap.top) / (those.length + 1), 12);
    const half = (step * (those.length - 1)) / 2;
    const mean = those.reduce((sum, each) => sum + each.wanted, 0) / those.length;
    const middle = Math.min(Math.max(mean, gap.top + half + step), Math.max(gap.top + half + step, gap.bottom - half - step));
    those.forEach((each, k) => {
      each.pass.y = middle - half + step * k;
    });
  }
  return all;
}

/// Where the free ground begins at either end of a join: beside its box, or beside the column where another box of it
/// lies between. Until there a link runs straight.
function groundOf({ from, to }: Join, columns: readonly Column[]): { from: number; to: number } {
  const edge = (box: Box, right: boolean): number => {
    const own = right ? box.x + box.width : box.x;
    const column = columns.find((each) => each.left <= box.x && each.right >= box.x + box.width);
    const free = column ? (right ? column.right : column.left) : own;
    return Math.abs(free - own) > size.lanePad + size.gap ? free : own;
  };
  const ahead = rightOf(from, to);
  const back = leftOf(from, to);
  const ground = { from: edge(from, !back), to: edge(to, !ahead) };
  // Boxes of one column side by side have their ground between them.
  if ((ahead && ground.from > ground.to) || (back && ground.from < ground.to)) return { from: ahead ? from.x + from.width : from.x, to: ahead ? to.x : to.x + to.width };
  return ground;
}

/// Gives every join its way: its ends spread evenly along the sides of its boxes, in the order of where it goes.
export function routed(joins: readonly Join[], boxes: readonly Box[]): Curve[] {
  interface End {
    join: number;
    box: Box;
    other: number;
    outgoing: boolean;
  }
  const columns = boxes.length === 0 ? [] : columnsOf(boxes);
  const passes = passesOf(joins, columns);
  const grounds = joins.map((join) => groundOf(join, columns));
  const sides = new Map<string, End[]>();
  const put = (key: string, end: End): void => {
    const side = sides.get(key);
    if (side) side.push(end);
    else sides.set(key, [end]);
  };
  joins.forEach((join, index) => {
    const { from, to } = join;
    const ahead = rightOf(from, to);
    const back = leftOf(from, to);
    const way = passes[index]!;
    put(`${from.id} ${back ? "l" : "r"}`, { join: index, box: from, other: way[0]?.y ?? centre(to), outgoing: true });
    put(`${to.id} ${ahead ? "l" : "r"}`, { join: index, box: to, other: way[way.length - 1]?.y ?? centre(from), outgoing: false });
  });
  const starts: number[] = [];
  const ends: number[] = [];
  for (const side of sides.values()) {
    side.sort((a, b) => a.other - b.other || a.join - b.join);
    side.forEach((end, k) => {
      const margin = Math.min(8, end.box.height / 4);
      const y = end.box.y + margin + ((end.box.height - 2 * margin) * (k + 1)) / (side.length + 1);
      (end.outgoing ? starts : ends)[end.join] = y;
    });
  }
  const turns = turnsOf(joins, starts, ends, grounds);
  return joins.map((join, index): Curve => {
    const { from, to } = join;
    const ahead = rightOf(from, to);
    const back = leftOf(from, to);
    const start = { x: back ? from.x : from.x + from.width, y: starts[index]! };
    const end = { x: ahead ? to.x : to.x + to.width, y: ends[index]! };
    return {
      id: join.id,
      thing: join.thing,
      from: from.id,
      to: to.id,
      start,
      over: controlPoints(start, end, ahead, back, passes[index]!, turns[index]!, grounds[index]!),
      end,
      documented: join.documented,
      weight: join.weight,
      mark: join.mark,
      change: join.change ?? "",
    };
  });
}

/// By join without a column between its ends: where it turns, as a share of the ground from left to right (of an arc
/// within a column, of the room for arcs), so that they do not run together into one band. Of those that go down the ones that begin higher turn further right, of those that
/// go up the ones that begin lower: so they do not cross for turning.
function turnsOf(joins: readonly Join[], starts: readonly number[], ends: readonly number[], free: readonly { from: number; to: number }[]): number[] {
  const turns = joins.map(() => 0.5);
  const grounds = new Map<string, { join: number; left: number }[]>();
  joins.forEach(({ from, to }, join) => {
    const ahead = rightOf(from, to);
    if (!ahead && !leftOf(from, to)) {
      const key = `${Math.max(from.x + from.width, to.x + to.width)} arcs`;
      const rise = Math.abs(ends[join]! - starts[join]!);
      const arcs = grounds.get(key);
      if (arcs) arcs.push({ join, left: rise });
      else grounds.set(key, [{ join, left: rise }]);
      return;
    }
    const ground = free[join]!;
    const [left, right] = ahead ? [starts[join]!, ends[join]!] : [ends[join]!, starts[join]!];
    const key = `${Math.min(ground.from, ground.to)} ${Math.max(ground.from, ground.to)} ${right > left ? "down" : "up"}`;
    const legs = grounds.get(key);
    if (legs) legs.push({ join, left });
    else grounds.set(key, [{ join, left }]);
  });
  for (const [key, legs] of grounds) {
    if (key.endsWith("arcs")) {
      // Longer arcs lie outside of shorter ones; few take no more room than they need.
      legs.sort((a, b) => a.left - b.left || a.join - b.join);
      const room = Math.min(1, Math.max(9 * legs.length, 0.12 * legs[legs.length - 1]!.left) / 58);
      legs.forEach(({ join }, k) => {
        turns[join] = (room * (k + 1)) / legs.length;
      });
      continue;
    }
    const way = key.endsWith("up") ? 1 : -1;
    legs.sort((a, b) => way * (a.left - b.left) || a.join - b.join);
    // Few have no need of all the room.
    const room = Math.min(0.6, 0.06 * legs.length);
    legs.forEach(({ join }, k) => {
      turns[join] = 0.5 + room * ((k + 0.5) / legs.length - 0.5);
    });
  }
  return turns;
}

/// The points that a curve is drawn towards, always an even number of them.
function controlPoints(start: Point, end: Point, ahead: boolean, back: boolean, passes: readonly Pass[], share: number, ground: { from: number; to: number }): Point[] {
  // Two points on a level keep a link straight as far as between them.
  const straight = (own: Point, x: number): Point[] => (own.x === x ? [] : [{ x: x - 2, y: own.y }, { x: x + 2, y: own.y }]);
  const first = straight(start, ground.from);
  const last = straight(end, ground.to);
  if (back) first.reverse();
  if (!ahead) last.reverse();
  if (passes.length === 0) {
    if (ahead || back) {
      const turn = Math.min(ground.from, ground.to) + share * Math.abs(ground.to - ground.from);
      return [...first, { x: turn, y: start.y }, { x: turn, y: end.y }, ...last];
    }
    const reach = 20 + share * 58;
    return [...first, { x: ground.from + reach, y: start.y }, { x: ground.to + reach, y: end.y }, ...last];
  }
  const way = ahead ? 1 : -1;
  const points: Point[] = first;
  let here = ground.from;
  for (const { column, y } of passes) {
    const [enter, leave] = ahead ? [column.left, column.right] : [column.right, column.left];
    const room = Math.abs(enter - here);
    // Both points before the column lie at its gap's height, so that the curve has reached it where the column begins.
    if (here === ground.from) points.push({ x: here + way * room * 0.4, y: start.y });
    points.push({ x: enter - way * Math.min(24, room * 0.3), y }, { x: enter + way * 2, y }, { x: leave - way * 2, y });
    points.push({ x: leave + way * 24, y });
    here = leave;
  }
  points.push({ x: ground.to - way * Math.max(24, Math.abs(ground.to - here) * 0.4), y: end.y });
  return [...points, ...last];
}
