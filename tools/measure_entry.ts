/**
 * What users download of an entry for compiled models: bundled, minified and gzipped, with its kernels, in bytes.
 *
 * @param source path of its module from the root, which is the current folder
 * @throws Error if it cannot be bundled
 */
export async function measureEntry(source: string): Promise<number> {
  const args = ["bundle", "--quiet", "--minify", "--platform=browser", source];
  const { success, stdout, stderr } = await new Deno.Command("deno", { args, stdin: "null" }).output();
  if (!success) throw new Error(`Cannot bundle ${source}: ${new TextDecoder().decode(stderr)}`);
  const stream = new Blob([stdout]).stream().pipeThrough(new CompressionStream("gzip"));
  return (await new Response(stream).arrayBuffer()).byteLength;
}
