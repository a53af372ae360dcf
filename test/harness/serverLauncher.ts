import { closeEverything, runInExtensionHost, sharedServer } from "./openVsCode";

/** Takes the arguments of the desktop executable and ends this process with the suite's exit code. */
export async function launch(args: readonly string[]): Promise<void> {
  const option = (name: string): string => {
    const found = args.find((arg) => arg.startsWith(`--${name}=`));
    if (found === undefined) throw new Error(`The launcher needs --${name}=PATH.`);
    return found.slice(name.length + 3);
  };
  const workspace = args.find((arg) => !arg.startsWith("-"));
  if (workspace === undefined) throw new Error("The launcher needs a workspace folder.");
  let code = 1;
  try {
    code = await runInExtensionHost({
      folder: workspace,
      extensionPath: option("extensionDevelopmentPath"),
      testsPath: option("extensionTestsPath"),
    });
  } catch (error) {
    console.error(error, (await sharedServer()).log());
  }
  await closeEverything();
  process.exit(code);
}
