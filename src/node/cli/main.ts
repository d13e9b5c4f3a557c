#!/usr/bin/env node
// The command line of Export Studio.
import { Command, CommanderError } from 'commander';
import { version } from '../../../package.json';
import { asExportError } from '../../contract/errors.ts';
import { spawnEngine } from '../../worker/spawn.node.ts';
import { addConfigFlags, completeSwitches } from './flags.ts';
import { checkCommand } from './check.ts';
import { forecastCommand } from './forecast.ts';
import { formatsCommand } from './formats.ts';
import { functionsCommand } from './functions.ts';
import { generateCommand } from './generate.ts';
import { helpLayout } from './help-layout.ts';
import { inspectCommand } from './inspect.ts';
import { previewCommand } from './preview.ts';
import { profileCommand } from './profile.ts';
import { runCommand } from './run.ts';
import type { Session } from './session.ts';
import { EXIT, exitCodeOf, sayError } from './terminal.ts';
import { upgradeCommand } from './upgrade.ts';
import { verifyCommand } from './verify.ts';

const AFTER_HELP = `
Exit codes: 0 done, 1 failed, 2 wrong configuration, 3 done with rejected rows, 130 cancelled.
Of verify: 4 other bytes, 5 other values, 6 unreadable, 7 not in the receipt, or no receipt.

Environment:
  EXPORT_DEFAULT_PATH       folder for files when no destination is given (./exports)
  EXPORT_COMPRESSION_LEVEL  level of what is packed, 1 to 9, where nothing else says one
  EXPORT_TEMPLATES_DIR      folder of templates (./templates)
  EXPORT_SECRET_<ID>        value of the secret that options name as {"secret": "id"}
  EXPORT_LOG                trace: the same as --log trace
  SOURCE_DATE_EPOCH         seconds since 1970 that stand for now, so that files with times in them come out the same
  EXPORT_BATCH_SIZE         rows asked for at once where an address is read in pages and says none
  EXPORT_MAX_RETRIES        retries of an address that says none, 0 to 99
`;

async function main(args: string[]): Promise<number> {
  const engine = await spawnEngine();
  let exitCode: number = EXIT.done;
  try {
    const catalogue = await engine.catalogue();
    const session: Session = { engine, catalogue, flags: [] };
    const program = makeProgram(session, (code) => {
      exitCode = code;
    });
    await program.parseAsync(completeSwitches(args, session.flags), { from: 'user' });
    return exitCode;
  } catch (thrown) {
    // Commander has said what is wrong, or has shown the help that was asked for.
    if (thrown instanceof CommanderError)
      return thrown.exitCode === 0 ? EXIT.done : EXIT.wrongConfig;
    const error = asExportError(thrown);
    sayError(error);
    return exitCodeOf(error.code);
  } finally {
    await engine.close();
  }
}

type ConfiguredCommand = (
  session: Session,
  given: string | undefined,
  values: Record<string, unknown>,
) => Promise<number>;

const CONFIG = ['[config]', 'configuration file (.json, .yaml) or name of a template'] as const;
const SOURCE = ['[source]', 'file to look at; - is standard input'] as const;

function makeProgram(session: Session, setExitCode: (code: number) => void): Command {
  const program = new Command('export-studio')
    .description('Turns data you have into the file someone else needs.')
    .version(version)
    .exitOverride()
    .configureHelp(helpLayout)
    .showSuggestionAfterError()
    .addHelpText('after', AFTER_HELP);

  /** A command whose flags shape a configuration, or a source alone. */
  const configured = (
    name: string,
    description: string,
    [argument, argumentHelp]: readonly [string, string],
    command: ConfiguredCommand,
  ): Command => {
    const made = program
      .command(name)
      .description(description)
      .argument(argument, argumentHelp)
      .action(async (given: string | undefined, values: Record<string, unknown>) =>
        setExitCode(await command(session, given, values)),
      );
    session.flags = addConfigFlags(made, session.catalogue);
    return made;
  };

  configured('run', 'export: read, filter, convert, write, check', CONFIG, runCommand)
    .option('--rejects <file>', 'save every row left out as unfit, with its whole record, as CSV')
    .option(
      '--count-duplicates',
      'count rows that are like one before them; the report says how many',
    )
    .option('--forecast', 'foresee size and time first; the report says how far off that was')
    .option('--report <file>', 'write the report as JSON; - is standard output')
    .option(
      '--report-format <shape>',
      'full, or seed for the data-export template’s names (default: full)',
    )
    .option('--json', 'the same as --report -')
    .option('--quiet', 'say nothing but errors')
    .option('--log <level>', 'trace: tell each stage on standard error');

  configured('preview', 'show the first bytes of what run would write', CONFIG, previewCommand)
    .option('--rows <rows>', 'rows to show (default: 20)')
    .option('--json', 'columns, rows and bytes as JSON')
    .option('--quiet', 'print the bytes alone');

  configured(
    'check',
    'say what is wrong with an export and what it would lose, without writing it',
    CONFIG,
    checkCommand,
  )
    .option('--full', 'read and convert everything: rows, sizes, losses and rejects of the whole')
    .option('--json', 'what was found as JSON; with --full the report')
    .option('--quiet', 'say nothing but errors');

  configured(
    'forecast',
    'foresee size, time and losses in every format and packing, from a sample',
    CONFIG,
    forecastCommand,
  )
    .option('--only', 'the format that is asked for alone')
    .option('--json', 'all of it as JSON, with intervals')
    .option('--quiet', 'print the result alone');

  configured(
    'inspect',
    'show what a file holds: its dialect, columns and types, and why',
    SOURCE,
    inspectCommand,
  )
    .option('--json', 'all of it as JSON')
    .option('--quiet', 'print the result alone');

  configured(
    'profile',
    'look at the values of every column: extremes, means, frequent ones, misfits',
    SOURCE,
    profileCommand,
  )
    .option('--whole', 'all rows; otherwise a sample from places all over the source')
    .option(
      '--save-types <file>',
      'save the types that the rows looked at fit, where the first rows proposed others: for --source.columns',
    )
    .option(
      '--behind-steps',
      'the rows that --query, --step and so on leave, not those of the file',
    )
    .option('--json', 'all of it as JSON')
    .option('--quiet', 'print the result alone');

  program
    .command('formats')
    .description('list what can be written, read, packed and delivered')
    .argument('[id]', 'one of them, with all its options')
    .option('--json', 'the whole catalogue as JSON')
    .option('--markdown', 'the reference of all options, or of one part, as Markdown')
    .action((id: string | undefined, values: Record<string, unknown>) =>
      setExitCode(formatsCommand(session, id, values)),
    );

  for (const [name, description, part] of [
    ['sources', 'list what can be read', 'source'],
    ['steps', 'list what can be done with rows and columns on their way', 'step'],
  ] as const)
    program
      .command(name)
      .description(description)
      .argument('[id]', 'one of them, with all its options')
      .option('--json', 'all of them as JSON')
      .option('--markdown', 'the reference of their options as Markdown')
      .action((id: string | undefined, values: Record<string, unknown>) =>
        setExitCode(formatsCommand(session, id, values, part)),
      );

  program
    .command('functions')
    .description('list the functions of expressions, each with an example')
    .argument('[name]', 'one of them')
    .option('--json', 'all of them as JSON')
    .option('--markdown', 'the reference of their options as Markdown')
    .action((name: string | undefined, values: Record<string, unknown>) =>
      setExitCode(functionsCommand(name, values)),
    );

  program
    .command('generate')
    .description('write a CSV table of any length to try things with: orders, agents, commands')
    .argument('<table>', 'orders, agents or commands')
    .option('--rows <rows>', 'rows to write, up to 1000000000 (default: 1000000)')
    .option('--seed <number>', 'the same seed and rows give the same bytes (default: 1)')
    .option(
      '-o, --destination <path>',
      'file, or folder when it exists or ends with / (default: standard output)',
    )
    .option(
      '--if-exists <what>',
      'when the file is there already: fail, replace, rename (default: fail)',
    )
    .option('--quiet', 'say nothing but errors')
    .action(async (table: string, values: Record<string, unknown>) =>
      setExitCode(await generateCommand(session, table, values)),
    );

  program
    .command('upgrade')
    .description('print an older or short configuration as a current one')
    .argument('<config>', 'configuration file (.json, .yaml) or name of a template')
    .option('--templates <folder>', 'where templates are looked up')
    .option('--quiet', 'no notes')
    .action(async (config: string, values: Record<string, unknown>) =>
      setExitCode(await upgradeCommand(session, config, values)),
    );

  program
    .command('verify')
    .description('print the checksum of a file, and compare it, or all that its receipt says')
    .argument('<file>', 'the file')
    .argument('[receipt]', 'report of the run that wrote it (--report)')
    .option('--sha256 <hex>', 'what the checksum has to be')
    .option('--json', 'size and checksum as JSON')
    .action(async (file: string, receipt: string | undefined, values: Record<string, unknown>) =>
      setExitCode(await verifyCommand(session, file, receipt, values)),
    );
  return program;
}

// A reader that ends early (`| head`) is no reason for a stack trace.
process.stdout.on('error', () => process.exit(EXIT.failed));
process.exitCode = await main(process.argv.slice(2));
