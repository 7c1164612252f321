// How wide texts are in the page's own font. Views leave room by it, and the exported picture breaks its lines by it.

export const family = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC','Segoe UI',Arial,sans-serif";

const pen = document.createElement("canvas").getContext("2d");
const advances: [Map<string, number>, Map<string, number>] = [new Map(), new Map()];

/// One character's width in ems. Kerning and joined forms only make a text narrower than the sum.
function advance(c: string, bold: boolean): number {
  const known = advances[bold ? 1 : 0];
  let width = known.get(c);
  if (width === undefined) {
    width = c.codePointAt(0)! >= 0x2e80 ? 1 : 0.6;
    if (pen) {
      pen.font = `${bold ? "700" : "400"} 100px ${family}`;
      width = pen.measureText(c).width / 100;
    }
    known.set(c, width);
  }
  return width;
}

export function widthOf(text: string, size: number, bold = false): number {
  let ems = 0;
  for (const c of text) ems += advance(c, bold);
  return ems * size;
}

/// The text, or its beginning with "…"; nothing where not one character has room.
export function cut(text: string, width: number, size: number, bold = false): string {
  if (widthOf(text, size, bold) <= width) return text;
  let room = width - widthOf("…", size, bold);
  let kept = "";
  for (const c of text) {
    room -= advance(c, bold) * size;
    if (room < 0) break;
    kept += c;
  }
  return kept.trimEnd() === "" ? "" : `${kept.trimEnd()}…`;
}

const han = (c: string): boolean => c.codePointAt(0)! >= 0x2e80;

/// Lines of at most `width` px: broken at blanks and between Han characters, within a word only where it is longer
/// than a line. The last of `most` lines is cut.
export function wrapped(text: string, width: number, size: number, bold = false, most = Infinity): string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  let last = -1; // where the line may be broken
  const characters = [...text];
  for (let k = 0; k < characters.length; ++k) {
    const c = characters[k]!;
    const each = advance(c, bold) * size;
    if (used + each > width && line !== "" && c !== " ") {
      if (lines.length + 1 === most) {
        lines.push(cut(line + characters.slice(k).join(""), width, size, bold));
        return lines;
      }
      const at = last > 0 ? last : line.length;
      lines.push(line.slice(0, at).trimEnd());
      line = line.slice(at).trimStart();
      used = widthOf(line, size, bold);
      last = -1;
    }
    if (han(c) && line !== "" && !/[，。、；：）》」』！？]/.test(c) && !/[（《「『]$/.test(line)) last = line.length;
    line += c;
    used += each;
    if (c === " " || c === "-" || c === "/" || han(c)) last = /[（《「『]/.test(c) ? last : line.length;
  }
  if (line.trim() !== "" || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}
