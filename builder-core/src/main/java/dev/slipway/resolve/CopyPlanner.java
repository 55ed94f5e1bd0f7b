package dev.slipway.resolve;

import dev.slipway.diagnostic.RedactedUrl;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.dockerfile.AddInstruction;
import dev.slipway.dockerfile.CopyInstruction;
import dev.slipway.dockerfile.CopyOptions;
import dev.slipway.dockerfile.Heredoc;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.Word;
import dev.slipway.dockerfile.shell.ExpansionException;
import dev.slipway.dockerfile.shell.ShellLex;
import dev.slipway.plan.CopySource;
import dev.slipway.plan.FileSource;
import dev.slipway.plan.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a COPY or ADD into a step. */
final class CopyPlanner {
  private final StageDraft stage;
  private final StageGraph graph;
  private final ConfigDraft config;
  private final StageVariables variables;

  CopyPlanner(StageDraft stage, StageGraph graph, ConfigDraft config, StageVariables variables) {
    this.stage = stage;
    this.graph = graph;
    this.config = config;
    this.variables = variables;
  }

  void plan(CopyInstruction copy, StagePlanner.StepSink sink) {
    FileSource from =
        copy.from() == null
            ? new FileSource.MainContext()
            : FileSources.of(stage, graph, copy.from().text(), copy.from().span());
    List<CopySource> sources = new ArrayList<>();
    for (Word word : copy.sources()) {
      String path = variables.expand(word);
      if (RemoteSources.isGit(path)) {
        throw new ResolveException("source can't be a git ref for COPY", word.span(), "use ADD");
      }
      if (RemoteSources.isHttp(path)) {
        throw new ResolveException("source can't be a URL for COPY", word.span(), "use ADD");
      }
      sources.add(new CopySource.Files(from, path));
    }
    addHeredocs(copy.heredocs(), sources);
    add(copy, false, sources, copy.destination(), copy.options(), null, sink);
  }

  void plan(AddInstruction add, StagePlanner.StepSink sink) {
    String checksum = add.checksum() == null ? null : variables.expand(add.checksum());
    List<CopySource> sources = new ArrayList<>();
    for (Word word : add.sources()) {
      String path = variables.expand(word);
      if (RemoteSources.isGit(path)) {
        sources.add(new CopySource.Git(path, checksum, add.keepGitDir()));
      } else if (RemoteSources.isHttp(path)) {
        sources.add(new CopySource.Url(path, checksum, Boolean.TRUE.equals(add.unpack())));
      } else {
        sources.add(new CopySource.Files(new FileSource.MainContext(), path));
      }
    }
    if (checksum != null) {
      checkChecksum(add, sources);
    }
    addHeredocs(add.heredocs(), sources);
    add(add, true, sources, add.destination(), add.options(), add.unpack(), sink);
  }

  private static void checkChecksum(AddInstruction add, List<CopySource> sources) {
    SourceSpan span = add.checksum() == null ? add.span() : add.checksum().span();
    if (add.sources().size() != 1) {
      throw new ResolveException("checksum can't be specified for multiple sources", span);
    }
    if (sources.get(0) instanceof CopySource.Files) {
      throw new ResolveException("checksum requires HTTP(S) or Git sources", span);
    }
  }

  private void addHeredocs(List<Heredoc> heredocs, List<CopySource> sources) {
    for (Heredoc heredoc : heredocs) {
      String content = heredoc.content();
      if (heredoc.expand()) {
        try {
          content = ShellLex.forDocuments().expand(content, variables.values()::get).value();
        } catch (ExpansionException e) {
          throw new ResolveException(String.valueOf(e.getMessage()), heredoc.span(), e.hint(), e);
        }
      }
      sources.add(new CopySource.Inline(heredoc.name(), content.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private void add(
      Instruction instruction,
      boolean isAdd,
      List<CopySource> sources,
      Word destination,
      CopyOptions options,
      @Nullable Boolean unpack,
      StagePlanner.StepSink sink) {
    String chown = options.chown() == null ? null : variables.expand(options.chown());
    String chmod = options.chmod() == null ? null : variables.expand(options.chmod());
    checkMode(options.chmod(), chmod);
    String written = variables.expand(destination);
    String directory = config.directory();
    List<String> excludes = new ArrayList<>();
    for (Word exclude : options.excludes()) {
      excludes.add(exclude.text()); // as BuildKit: no variables
    }
    sink.add(
        new Step.Copy(
            instruction.span(),
            StepTitle.of(instruction),
            isAdd,
            sources,
            ContainerPaths.destination(directory, config.layerPath(written, destination.span())),
            chown == null || chown.isEmpty() ? null : chown,
            chmod == null || chmod.isEmpty() ? null : chmod,
            // BuildKit cannot change modes without looking at the destination, and drops the flag.
            options.link() && (chmod == null || chmod.isEmpty()),
            options.parents(),
            excludes,
            unpack,
            directory),
        history(isAdd, options, chown, chmod, sources, written));
  }

  /**
   * A number that is no mode is told before anything is built; symbols are read where they count.
   */
  private static void checkMode(@Nullable Word word, @Nullable String mode) {
    if (word != null && mode != null && mode.matches("[0-9].*") && !mode.matches("0*[0-7]{1,4}")) {
      throw new ResolveException(
          "invalid chmod parameter: \"" + mode + "\"",
          word.span(),
          "expected an octal number from 0 to 07777, or a symbolic mode such as u=rwX,go=rX");
    }
  }

  private static String history(
      boolean isAdd,
      CopyOptions options,
      @Nullable String chown,
      @Nullable String chmod,
      List<CopySource> sources,
      String destination) {
    StringBuilder out = new StringBuilder(isAdd ? "ADD" : "COPY");
    if (options.parents()) {
      out.append(" --parents");
    }
    if (chown != null && !chown.isEmpty()) {
      out.append(" --chown=").append(chown);
    }
    if (chmod != null && !chmod.isEmpty()) {
      out.append(" --chmod=").append(chmod);
    }
    for (CopySource source : sources) {
      out.append(' ');
      if (source instanceof CopySource.Files files) {
        out.append(files.pattern());
      } else if (source instanceof CopySource.Url url) {
        out.append(RedactedUrl.everyIn(url.url()));
      } else if (source instanceof CopySource.Git git) {
        out.append(RedactedUrl.everyIn(git.url()));
      } else if (source instanceof CopySource.Inline inline) {
        out.append("<<").append(inline.fileName());
      }
    }
    return out.append(' ').append(destination).append(" # buildkit").toString();
  }
}
