package dev.slipway.session;

import dev.slipway.PinnedDockerfile;
import dev.slipway.PinnedDockerfile.Reference;
import dev.slipway.PinnedDockerfile.State;
import dev.slipway.context.DockerfileText;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.dockerfile.CopyInstruction;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.MountFlag;
import dev.slipway.dockerfile.MountOption;
import dev.slipway.dockerfile.RunInstruction;
import dev.slipway.dockerfile.Stage;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageSource;
import dev.slipway.parse.DockerfileParser;
import dev.slipway.progress.CancelledException;
import dev.slipway.reference.ImageReference;
import dev.slipway.reference.ReferenceException;
import dev.slipway.registry.RegistryClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Writes digests into a Dockerfile: {@code debian:12} becomes {@code debian:12@sha256:…}, so that
 * it can still be read which tag is meant. Only the names themselves are changed.
 */
final class DockerfilePins {
  private final DockerfileText text;
  private final Dockerfile dockerfile;
  private final RegistryClient registries;
  private final Map<ImageReference, Digest> known = new HashMap<>();
  private final List<Reference> references = new ArrayList<>();
  private final List<SourceSpan> spans = new ArrayList<>();

  private DockerfilePins(DockerfileText text, RegistryClient registries) {
    this.text = text;
    this.dockerfile = DockerfileParser.parse(text.name(), text.bytes());
    this.registries = registries;
  }

  /**
   * @throws BuildException if the Dockerfile has errors, or a registry does not know an image
   */
  static PinnedDockerfile pin(DockerfileText text, RegistryClient registries) {
    DockerfilePins pins = new DockerfilePins(text, registries);
    Set<String> stages = new HashSet<>();
    for (Stage stage : pins.dockerfile.stages()) {
      pins.add(stage.from().base().text(), stage.from().base().span(), stages);
      for (Instruction instruction : stage.instructions()) {
        pins.add(instruction, stages);
      }
      if (stage.name() != null) {
        stages.add(stage.name());
      }
    }
    return new PinnedDockerfile(text.name(), pins.edited(), pins.references);
  }

  private void add(Instruction instruction, Set<String> stages) {
    if (instruction instanceof CopyInstruction copy && copy.from() != null) {
      add(copy.from().text(), copy.from().span(), stages);
    } else if (instruction instanceof RunInstruction run) {
      for (MountFlag mount : run.mounts()) {
        for (MountOption option : mount.options()) {
          if (option.key().equals("from") && option.value() != null) {
            add(option.value(), valueOf(option.span(), option.value()), stages);
          }
        }
      }
    }
  }

  /**
   * Where the value of {@code from} stands in a mount; all of the mount where that is not clear.
   */
  private static SourceSpan valueOf(SourceSpan mount, String value) {
    String option = "from=" + value;
    int at = ("," + mount.text() + ",").indexOf("," + option + ",");
    if (at < 0) {
      return mount;
    }
    int end = mount.start() + at + option.length();
    return new SourceSpan(mount.file(), end - value.length(), end);
  }

  /**
   * @param stages the names that stand for stages here
   */
  private void add(String written, SourceSpan span, Set<String> stages) {
    String name = written.toLowerCase(Locale.ROOT);
    boolean number = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
    if (number || name.equals("scratch") || stages.contains(name)) {
      return;
    }
    if (written.indexOf('$') >= 0) {
      left(written, span, "it depends on an argument: pin the argument's default value by hand");
      return;
    }
    if (!span.text().equals(written)) {
      left(written, span, "it is broken over two lines, or quoted");
      return;
    }
    try {
      pin(written, ImageReference.parse(written).withDefaultTag(), span);
    } catch (ReferenceException e) {
      left(written, span, String.valueOf(e.getMessage()));
    }
  }

  private void left(String written, SourceSpan span, String reason) {
    references.add(new Reference(span.line(), written, written, State.LEFT, reason));
    spans.add(span);
  }

  private void pin(String written, ImageReference reference, SourceSpan span) {
    String tagged = written.contains("@") ? written.substring(0, written.indexOf('@')) : written;
    Digest before = reference.digest();
    if (before != null && reference.tag() == null) {
      references.add(new Reference(span.line(), written, written, State.PINNED, null));
      spans.add(span);
      return;
    }
    Digest now = ask(reference.withDigest(null), span);
    boolean hasTag = tagged.indexOf(':', tagged.lastIndexOf('/') + 1) >= 0;
    String pinned = tagged + (hasTag ? "" : ":" + ImageReference.LATEST) + "@" + now;
    State state = before == null ? State.ADDED : before.equals(now) ? State.PINNED : State.MOVED;
    references.add(
        new Reference(span.line(), written, state == State.PINNED ? written : pinned, state, null));
    spans.add(span);
  }

  /** What the tag stands for: an index where there is one, so that it does for all platforms. */
  private Digest ask(ImageReference reference, SourceSpan span) {
    Digest answered = known.get(reference);
    if (answered != null) {
      return answered;
    }
    try (ImageSource image = registries.image(reference)) {
      Digest digest = image.root().digest();
      known.put(reference, digest);
      return digest;
    } catch (CancelledException e) {
      throw e;
    } catch (IOException | BuildException e) {
      String hint = e instanceof BuildException failure ? failure.hint() : null;
      throw new BuildException(
          "cannot look up \"" + reference.familiar() + "\": " + e.getMessage(), span, hint, e);
    }
  }

  /** The bytes with the changes; what is not changed is not even decoded. */
  private byte[] edited() {
    byte[] bytes = text.bytes();
    String source = dockerfile.file().text();
    byte[] encoded = source.getBytes(StandardCharsets.UTF_8);
    int mark = bytes.length - encoded.length;
    if (mark < 0 || !Arrays.equals(bytes, mark, bytes.length, encoded, 0, encoded.length)) {
      throw new BuildException(
          "cannot write digests into \"" + text.name() + "\": it is not UTF-8");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 100);
    out.write(bytes, 0, mark);
    int done = 0;
    for (int i = 0; i < spans.size(); i++) {
      out.writeBytes(source.substring(done, spans.get(i).start()).getBytes(StandardCharsets.UTF_8));
      out.writeBytes(
          (references.get(i).state() == State.LEFT
                  ? spans.get(i).text()
                  : references.get(i).pinned())
              .getBytes(StandardCharsets.UTF_8));
      done = spans.get(i).end();
    }
    out.writeBytes(source.substring(done).getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }
}
