package dev.slipway.resolve;

import dev.slipway.dockerfile.MountFlag;
import dev.slipway.dockerfile.MountOption;
import dev.slipway.dockerfile.RunInstruction;
import dev.slipway.dockerfile.RunMount;
import dev.slipway.dockerfile.shell.ExpansionException;
import dev.slipway.dockerfile.shell.ShellLex;
import dev.slipway.plan.FileSource;
import dev.slipway.plan.Mount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the mounts of a RUN: variables, defaults, and whose files they show. */
final class MountPlanner {
  private static final int SECRET_MODE = 0400;
  private static final int SOCKET_MODE = 0600;
  private static final int CACHE_MODE = 0755;

  private final StageDraft stage;
  private final StageGraph graph;
  private final String directory;
  private final ShellLex lex;
  private final Map<String, String> environment;
  private int agents;

  MountPlanner(
      StageDraft stage,
      StageGraph graph,
      String directory,
      ShellLex lex,
      Map<String, String> environment) {
    this.stage = stage;
    this.graph = graph;
    this.directory = directory;
    this.lex = lex;
    this.environment = environment;
  }

  List<Mount> plan(RunInstruction run) {
    List<Mount> mounts = new ArrayList<>();
    for (MountFlag flag : run.mounts()) {
      List<MountOption> options = new ArrayList<>();
      for (MountOption option : flag.options()) {
        options.add(expand(option));
      }
      mounts.add(mount(RunMount.of(options, flag.span())));
    }
    return mounts;
  }

  private MountOption expand(MountOption option) {
    if (option.value() == null) {
      return option;
    }
    try {
      String value = lex.expand(option.value(), environment::get).value();
      if (option.key().equals("from") && !value.equals(option.value())) {
        throw new ResolveException(
            "'from' doesn't support variable expansion, define alias stage instead", option.span());
      }
      return option.withValue(value);
    } catch (ExpansionException e) {
      throw new ResolveException(String.valueOf(e.getMessage()), option.span(), e.hint(), e);
    }
  }

  private Mount mount(RunMount mount) {
    return switch (mount.type()) {
      case BIND ->
          new Mount.Bind(
              mount.from() == null
                  ? new FileSource.MainContext()
                  : FileSources.of(stage, graph, mount.from(), mount.span()),
              ContainerPaths.clean(mount.source()),
              target(mount),
              !mount.readOnly());
      case CACHE -> cache(mount);
      case TMPFS -> new Mount.Tmpfs(target(mount), mount.sizeLimit(), mount.readOnly());
      case SECRET -> secret(mount);
      case SSH -> ssh(mount);
    };
  }

  private Mount cache(RunMount mount) {
    String target = target(mount);
    String id = mount.id() == null ? ContainerPaths.clean(mount.target()) : mount.id();
    String source = ContainerPaths.clean(mount.source());
    FileSource from =
        mount.from() == null
            ? new FileSource.Empty()
            : FileSources.of(stage, graph, mount.from(), mount.span());
    boolean owned = mount.mode() != null || mount.uid() != null || mount.gid() != null;
    if (owned && source.equals("/")) {
      // As in BuildKit it is a directory of its own, empty whatever from has.
      String owner = Integer.toOctalString(orElse(mount.mode(), CACHE_MODE));
      id += "@" + owner + ":" + id(mount.uid()) + ":" + id(mount.gid());
      from = new FileSource.Empty();
    }
    return new Mount.Cache(
        id,
        from,
        source,
        target,
        mount.readOnly(),
        Mount.Sharing.valueOf(mount.sharing().name()),
        orElse(mount.mode(), CACHE_MODE),
        id(mount.uid()),
        id(mount.gid()));
  }

  private Mount secret(RunMount mount) {
    String id = mount.requestedId();
    String target = null;
    if (!mount.target().isEmpty()) {
      target = absolute(mount.target());
    } else if (mount.env() == null) {
      target = "/run/secrets/" + id.substring(id.lastIndexOf('/') + 1);
    }
    return new Mount.Secret(
        id,
        target,
        mount.env(),
        mount.required(),
        orElse(mount.mode(), SECRET_MODE),
        id(mount.uid()),
        id(mount.gid()));
  }

  private Mount ssh(RunMount mount) {
    return new Mount.Ssh(
        mount.requestedId(),
        mount.target().isEmpty() ? "/run/buildkit/ssh_agent." + agents++ : absolute(mount.target()),
        mount.required(),
        orElse(mount.mode(), SOCKET_MODE),
        id(mount.uid()),
        id(mount.gid()));
  }

  private String target(RunMount mount) {
    String target = absolute(mount.target());
    if (target.equals("/")) {
      throw new ResolveException("invalid mount target '" + target + "'", mount.span());
    }
    return target;
  }

  private String absolute(String path) {
    return ContainerPaths.clean(path.startsWith("/") ? path : directory + "/" + path);
  }

  private static int orElse(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }

  private static int id(@Nullable Long value) {
    return value == null ? 0 : (int) value.longValue();
  }
}
