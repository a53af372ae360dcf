import { usage } from "./arguments";

/** Numbers of frames that one command runs through. */
const mostSizes = 1024;

/** `--frames 3,4,8..16`: numbers of frames, each once, ascending; undefined when the option is absent. */
export function framesOf(command: string, text: string | undefined): number[] | undefined {
  if (text === undefined) return undefined;
  const wrong = usage(command, `--frames takes numbers of frames such as 3,4,8..16, not '${text}'`);
  const sizes = new Set<number>();
  for (const word of text.split(",").map((each) => each.trim())) {
    const match = /^(\d{1,9})(?:\.\.(\d{1,9}))?$/.exec(word);
    if (match === null) throw wrong;
    const first = Number(match[1]);
    const last = Number(match.at(2) ?? match[1]);
    if (first < 1 || last < first) throw wrong;
    if (last - first >= mostSizes) throw usage(command, `--frames takes ${mostSizes} numbers at most`);
    for (let frames = first; frames <= last; frames++) sizes.add(frames);
  }
  if (sizes.size > mostSizes) throw usage(command, `--frames takes ${mostSizes} numbers at most`);
  return [...sizes].sort((a, b) => a - b);
}
