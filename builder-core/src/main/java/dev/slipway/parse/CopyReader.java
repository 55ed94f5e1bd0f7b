package dev.slipway.parse;

import dev.slipway.dockerfile.AddInstruction;
import dev.slipway.dockerfile.CopyInstruction;
import dev.slipway.dockerfile.CopyOptions;
import dev.slipway.dockerfile.Heredoc;
import dev.slipway.dockerfile.InstructionSource;
import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.shell.ExpansionException;
import dev.slipway.dockerfile.shell.ShellLex;
import dev.slipway.dockerfile.shell.Variables;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads COPY and ADD. */
final class CopyReader {
  private final InstructionText instruction;
  private final String keyword;
  private final Problems problems;
  private final List<Word> sources = new ArrayList<>();
  private final List<Heredoc> heredocs = new ArrayList<>();

  CopyReader(InstructionText instruction, String keyword, Problems problems) {
    this.instruction = instruction;
    this.keyword = keyword;
    this.problems = problems;
  }

  @Nullable CopyInstruction copy(InstructionSource source) {
    FlagReader flags =
        new FlagReader(
            instruction, problems, "from", "chown", "chmod", "link?", "parents?", "exclude*");
    Word destination = readArguments();
    Word from = flags.word("from");
    if (from != null) {
      checkConstant(from);
    }
    CopyOptions options = options(flags, isTrue(flags.isSet("parents")));
    return destination == null
        ? null
        : new CopyInstruction(source, sources, heredocs, destination, options, from);
  }

  @Nullable AddInstruction add(InstructionSource source) {
    FlagReader flags =
        new FlagReader(
            instruction,
            problems,
            "chown",
            "chmod",
            "link?",
            "exclude*",
            "checksum",
            "keep-git-dir?",
            "unpack?");
    Word destination = readArguments();
    CopyOptions options = options(flags, false);
    Boolean keepGitDir = flags.isSet("keep-git-dir");
    Boolean unpack = flags.isSet("unpack");
    return destination == null
        ? null
        : new AddInstruction(
            source,
            sources,
            heredocs,
            destination,
            options,
            flags.word("checksum"),
            keepGitDir,
            unpack);
  }

  private static CopyOptions options(FlagReader flags, boolean parents) {
    return new CopyOptions(
        flags.word("chown"),
        flags.word("chmod"),
        isTrue(flags.isSet("link")),
        parents,
        flags.words("exclude"));
  }

  private static boolean isTrue(@Nullable Boolean value) {
    return value != null && value;
  }

  /** Reads the sources; the destination is the result, null after an error. */
  private @Nullable Word readArguments() {
    List<Word> words = Arguments.list(instruction, problems);
    if (words == null) {
      return null;
    }
    if (words.size() < 2) {
      problems.error(
          instruction.argumentsSpan(),
          keyword
              + " requires at least two arguments, but "
              + (words.isEmpty() ? "none" : "only one")
              + " was provided: destination could not be determined");
      return null;
    }
    Word destination = words.get(words.size() - 1);
    if (HeredocWords.ofWord(destination.text()) != null) {
      problems.error(destination.span(), keyword + " cannot accept a heredoc as a destination");
      return null;
    }
    for (Word word : words.subList(0, words.size() - 1)) {
      HeredocWords.Opening opening = HeredocWords.ofWord(word.text());
      if (opening == null) {
        sources.add(word);
      } else {
        heredocs.add(document(opening, word));
      }
    }
    return destination;
  }

  /** The document of that name; of several the last, as in BuildKit. */
  private Heredoc document(HeredocWords.Opening opening, Word word) {
    String content = "";
    for (Heredoc heredoc : instruction.heredocs()) {
      if (heredoc.name().equals(opening.name())) {
        content = heredoc.rawContent();
      }
    }
    return new Heredoc(opening.name(), opening.expand(), opening.stripTabs(), content, word.span());
  }

  private void checkConstant(Word from) {
    try {
      ShellLex lex = new ShellLex(instruction.escape());
      if (lex.expand(from.text(), Variables.NONE).value().equals(from.text())) {
        return;
      }
    } catch (ExpansionException e) {
      // What is malformed as a variable is one all the same.
    }
    problems.error(
        from.span(),
        "variable expansion is not supported for --from, define a new stage with FROM using ARG"
            + " from global scope as a workaround",
        "add FROM " + from.text() + " AS alias above this stage and use --from=alias");
  }
}
