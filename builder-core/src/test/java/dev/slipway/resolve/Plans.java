package dev.slipway.resolve;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.oci.ContainerConfig;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DiffId;
import dev.slipway.oci.Digest;
import dev.slipway.oci.HistoryEntry;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.Platform;
import dev.slipway.parse.DockerfileParser;
import dev.slipway.plan.Base;
import dev.slipway.plan.BuildPlan;
import dev.slipway.plan.CopySource;
import dev.slipway.plan.FileSource;
import dev.slipway.plan.PlannedStage;
import dev.slipway.plan.ResolvedImage;
import dev.slipway.plan.Step;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans of Dockerfile texts, with images and contexts that exist only here. */
final class Plans {
  static final Platform AMD64 = new Platform("linux", "amd64");
  private static final byte[] LAYER = "layer".getBytes(StandardCharsets.UTF_8);

  private final Map<String, ContainerConfig> images = new LinkedHashMap<>();
  private final Map<String, NamedContexts.NamedContext> contexts = new LinkedHashMap<>();
  private final Map<String, String> buildArgs = new LinkedHashMap<>();
  private Optional<String> target = Optional.empty();
  private Optional<Platform> platform = Optional.empty();

  Plans image(String name, ContainerConfig config) {
    images.put(name, config);
    return this;
  }

  Plans context(String name, NamedContexts.NamedContext context) {
    contexts.put(name, context);
    return this;
  }

  Plans arg(String name, String value) {
    buildArgs.put(name, value);
    return this;
  }

  Plans target(String name) {
    target = Optional.of(name);
    return this;
  }

  Plans platform(Platform wanted) {
    platform = Optional.of(wanted);
    return this;
  }

  static ResolvedImage resolved(String name, ContainerConfig config, Platform platform) {
    ImageConfig full =
        ImageConfig.empty(platform)
            .withConfig(config)
            .withDiffIds(List.of(new DiffId(Digest.of(LAYER))));
    Image image =
        Image.of(full, List.of(Descriptor.of(MediaType.OCI_LAYER, LAYER)), Map.of(), false);
    return new ResolvedImage(name, image.descriptor(), image);
  }

  BuildPlan plan(String text) {
    Dockerfile dockerfile =
        DockerfileParser.parse("Dockerfile", text.getBytes(StandardCharsets.UTF_8));
    return new Resolver(
            this::find, (name, wanted) -> contexts.get(name), DockerfileParser::parseTriggers)
        .resolve(
            dockerfile,
            new ResolveRequest(
                target, platform, AMD64, buildArgs, Map.of(), false, Set.of(), Set.of()));
  }

  private ResolvedImage find(String name, Platform wanted) {
    ContainerConfig config = images.get(name);
    if (config == null) {
      throw new BuildException("not found");
    }
    return resolved(name, config, wanted);
  }

  /** The error's rendering. */
  String failure(String text) {
    try {
      plan(text);
    } catch (BuildException e) {
      return e.toDiagnostic().render();
    }
    throw new AssertionError("should fail:\n" + text);
  }

  /** The plan in lines: a stage and what it starts from, its steps and what they read. */
  String dump(String text) {
    StringBuilder out = new StringBuilder();
    for (PlannedStage stage : plan(text).stages()) {
      out.append(stage.id()).append(" \"").append(stage.name()).append("\" ");
      out.append(stage.platform().format()).append(" on ").append(base(stage.base())).append('\n');
      for (Step step : stage.steps()) {
        out.append("  ").append(step.title()).append(detail(step)).append('\n');
      }
    }
    return out.toString();
  }

  private static String base(Base base) {
    if (base instanceof Base.Image image) {
      return image.image().name();
    }
    if (base instanceof Base.Stage stage) {
      return "stage " + stage.id();
    }
    return base instanceof Base.Context context ? "context " + context.name() : "scratch";
  }

  private static String detail(Step step) {
    if (!(step instanceof Step.Copy copy)) {
      return "";
    }
    StringBuilder out = new StringBuilder(" |");
    for (CopySource source : copy.sources()) {
      if (source instanceof CopySource.Files files) {
        out.append(' ').append(name(files.from())).append(':').append(files.pattern());
      }
    }
    return out.append(" -> ").append(copy.destination()).toString();
  }

  private static String name(FileSource source) {
    if (source instanceof FileSource.Stage stage) {
      return "stage " + stage.id();
    }
    if (source instanceof FileSource.Image image) {
      return image.image().name();
    }
    return source instanceof FileSource.NamedContext context ? "context " + context.name() : "main";
  }

  /** What the history of the target says each line did. */
  List<String> history(String text) {
    return plan(text).target().config().history().stream().map(HistoryEntry::createdBy).toList();
  }

  @Nullable String env(String text, String name) {
    return plan(text).target().config().config().envValue(name);
  }
}
