package dev.slipway.parse;

import dev.slipway.diagnostic.NearestName;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.dockerfile.Command;
import dev.slipway.dockerfile.Heredoc;
import dev.slipway.dockerfile.InstructionSource;
import dev.slipway.dockerfile.MountFlag;
import dev.slipway.dockerfile.MountOption;
import dev.slipway.dockerfile.RunDevice;
import dev.slipway.dockerfile.RunInstruction;
import dev.slipway.dockerfile.RunInstruction.Network;
import dev.slipway.dockerfile.RunInstruction.Security;
import dev.slipway.dockerfile.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads RUN. */
final class RunReader {
  private static final List<String> NETWORKS = List.of("default", "none", "host");
  private static final List<String> SECURITIES = List.of("sandbox", "insecure");

  private final InstructionText instruction;
  private final Problems problems;

  RunReader(InstructionText instruction, Problems problems) {
    this.instruction = instruction;
    this.problems = problems;
  }

  @Nullable RunInstruction read(InstructionSource source) {
    FlagReader flags =
        new FlagReader(instruction, problems, "mount*", "network", "security", "device*");
    Command command = Arguments.command(instruction, problems);
    List<MountFlag> mounts = new ArrayList<>();
    for (Word value : flags.words("mount")) {
      mounts.add(mount(value));
    }
    List<RunDevice> devices = new ArrayList<>();
    for (Word value : flags.words("device")) {
      devices.add(device(value));
    }
    Network network = Network.valueOf(choice(flags.words("network"), NETWORKS, "network mode"));
    Security security =
        Security.valueOf(choice(flags.words("security"), SECURITIES, "security mode"));
    if (command == null) {
      return null;
    }
    List<Heredoc> heredocs = instruction.heredocs();
    boolean scripted =
        heredocs.size() == 1
            && command instanceof Command.ShellForm shell
            && HeredocWords.ofWord(shell.text()) != null;
    return new RunInstruction(
        source,
        command,
        scripted ? heredocs.get(0) : null,
        scripted ? List.of() : heredocs,
        mounts,
        network,
        security,
        devices);
  }

  private String choice(List<Word> values, List<String> allowed, String what) {
    if (values.isEmpty()) {
      return allowed.get(0).toUpperCase(Locale.ROOT);
    }
    Word value = values.get(0);
    if (!allowed.contains(value.text())) {
      problems.error(
          value.span(),
          "invalid "
              + what
              + " \""
              + value.text()
              + "\""
              + NearestName.suggestion(NearestName.find(value.text(), allowed)),
          "expected one of " + String.join(", ", allowed));
      return allowed.get(0).toUpperCase(Locale.ROOT);
    }
    return value.text().toUpperCase(Locale.ROOT);
  }

  private MountFlag mount(Word value) {
    List<MountOption> options = new ArrayList<>();
    for (String field : fields(value, "mounts")) {
      int equals = field.indexOf('=');
      String key = (equals < 0 ? field : field.substring(0, equals)).toLowerCase(Locale.ROOT);
      String optionValue = equals < 0 ? null : field.substring(equals + 1);
      if (key.equals("from") && optionValue != null && usesVariable(optionValue)) {
        problems.error(
            value.span(),
            "'from' doesn't support variable expansion, define alias stage instead",
            "add FROM " + optionValue + " AS alias above this stage and use from=alias");
      }
      options.add(new MountOption(key, optionValue, value.span()));
    }
    return new MountFlag(value.text(), options, value.span());
  }

  private static boolean usesVariable(String value) {
    int dollar = value.indexOf('$');
    return dollar >= 0 && dollar < value.length() - 1;
  }

  private RunDevice device(Word value) {
    String name = "";
    boolean required = false;
    for (String field : fields(value, "devices")) {
      int equals = field.indexOf('=');
      String key = (equals < 0 ? field : field.substring(0, equals)).toLowerCase(Locale.ROOT);
      if (key.equals("required") && (equals < 0 || field.endsWith("=true"))) {
        required = true;
      } else if (key.equals("required") && field.endsWith("=false")) {
        required = false;
      } else if (key.equals("name") && equals > 0 && name.isEmpty()) {
        name = field.substring(equals + 1);
      } else if (name.isEmpty() && !key.equals("required")) {
        name = field;
      } else {
        problems.error(value.span(), "unexpected key '" + key + "' in '" + field + "'");
      }
    }
    return new RunDevice(name, required, value.span());
  }

  private List<String> fields(Word value, String what) {
    SourceSpan span = value.span();
    if (value.text().isEmpty()) {
      problems.error(span, "failed to parse csv " + what + ": the value is empty");
      return List.of();
    }
    try {
      return CsvFields.split(value);
    } catch (IllegalArgumentException e) {
      problems.error(span, "failed to parse csv " + what + ": " + e.getMessage());
      return List.of();
    }
  }
}
