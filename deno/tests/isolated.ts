/**
 * Deno in a process of its own.
 *
 * @module
 */

/** What a process printed and how it ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Deno, with nothing but these variables where any are given. */
export async function deno(
  args: string[],
  env?: Record<string, string>,
  cwd?: string,
): Promise<Ended> {
  const PATH = Deno.env.get("PATH") ?? "";
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    ...(cwd === undefined ? {} : { cwd }),
    clearEnv: env !== undefined,
    env: { PATH, DENO_DIR: denoDir(), NO_COLOR: "1", ...env },
  }).output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

/** Where Deno caches packages, whatever the home folder of the process is. */
function denoDir(): string {
  return Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`;
}
