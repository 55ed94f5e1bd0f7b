package dev.slipway.inspect.account;

import dev.slipway.inspect.account.VisibleFiles.Body;
import dev.slipway.inspect.account.VisibleFiles.Name;
import dev.slipway.oci.Digest;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.TreePath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Goes through what shows of an image, and what does not, for bytes that could be left out. */
final class WasteFinder {
  private static final long SMALLEST_DUPLICATE = 4096;
  private static final long SMALLEST_LOG = 64 << 10;
  private static final long SMALLEST_DEBUG_INFO = 4096;

  private final VisibleFiles files;
  private final List<Waste> found = new ArrayList<>();
  private final Set<Body> counted = Collections.newSetFromMap(new IdentityHashMap<>());

  private WasteFinder(VisibleFiles files) {
    this.files = files;
  }

  /** The largest first. */
  static List<Waste> find(VisibleFiles files, List<LayerAccount> layers) {
    WasteFinder finder = new WasteFinder(files);
    finder.findLost();
    finder.findByPath();
    finder.findDuplicates();
    UnusedLibraries.find(
        files.names(),
        (path, body) ->
            finder.add(
                Waste.Kind.UNUSED_LIBRARY,
                path,
                body,
                body.member.cost(),
                "no program or library of the image needs it",
                "leave it out, unless a program loads it by its name"));
    finder.findDebugInfo();
    finder.found.sort((one, other) -> Long.compare(other.cost().stored(), one.cost().stored()));
    return finder.found;
  }

  private void findLost() {
    for (VisibleFiles.Lost lost : files.lost()) {
      Body body = lost.body();
      counted.add(body);
      Member replacement = lost.replacement();
      String by = " by " + title(lost.by());
      if (replacement == null || replacement.kind() == Member.Kind.DIRECTORY) {
        add(
            Waste.Kind.DELETED,
            body.member.path(),
            body,
            body.member.cost(),
            "deleted" + by,
            body.layer == lost.by() ? null : "delete it in the instruction that makes it");
      } else if (sameContent(body.member, replacement)) {
        add(
            Waste.Kind.METADATA_COPY,
            body.member.path(),
            body,
            body.member.cost(),
            "copied" + by,
            rewritten(body, replacement));
      } else {
        add(
            Waste.Kind.OVERWRITTEN,
            body.member.path(),
            body,
            body.member.cost(),
            "overwritten" + by,
            null);
      }
    }
  }

  private static String title(LayerAccount layer) {
    String text = layer.origin().text();
    return text.isEmpty() ? "layer " + (layer.index() + 1) : text;
  }

  private static boolean sameContent(Member one, Member other) {
    return one.facts() != null
        && other.facts() != null
        && one.facts().digest().equals(other.facts().digest());
  }

  /** The instruction as it should have been, so that no second copy is needed. */
  private static @Nullable String rewritten(Body body, Member replacement) {
    Metadata before = body.member.metadata();
    Metadata after = replacement.metadata();
    if (before == null || after == null) {
      return null;
    }
    StringBuilder flags = new StringBuilder();
    if (before.uid() != after.uid() || before.gid() != after.gid()) {
      flags.append(" --chown=").append(Integer.toUnsignedString(after.uid()));
      flags.append(':').append(Integer.toUnsignedString(after.gid()));
    }
    if (before.mode() != after.mode()) {
      String octal = Integer.toOctalString(after.mode());
      flags.append(" --chmod=").append("0".repeat(Math.max(0, 4 - octal.length()))).append(octal);
    }
    if (flags.length() == 0) {
      return "make it once";
    }
    String text = body.layer.origin().text();
    for (String instruction : new String[] {"COPY", "ADD"}) {
      if (text.startsWith(instruction + " ")) {
        return instruction + flags + text.substring(instruction.length());
      }
    }
    return "set it in the instruction that makes the file, as COPY" + flags + " does";
  }

  private void findByPath() {
    for (Map.Entry<TreePath, Name> entry : files.names().entrySet()) {
      Body body = entry.getValue().body();
      if (body == null || body.member.size() == 0 || counted.contains(body)) {
        continue;
      }
      String path = entry.getKey().toString();
      PackageCache cache = PackageCache.of(path);
      FileFacts facts = body.member.facts();
      if (cache != null) {
        counted.add(body);
        add(
            Waste.Kind.PACKAGE_CACHE,
            entry.getKey(),
            body,
            body.member.cost(),
            "left behind by a package manager",
            cache.advice());
      } else if ((path.equals("/var/log/lastlog") || path.equals("/var/log/faillog"))
          && body.member.size() >= SMALLEST_LOG
          && facts != null
          && facts.zeros() > body.member.size() / 10 * 9) {
        counted.add(body);
        add(
            Waste.Kind.SPARSE_LOG,
            entry.getKey(),
            body,
            body.member.cost(),
            "nearly all zeros: it has a record for each id up to the highest",
            "useradd --no-log-init");
      }
    }
  }

  private void findDuplicates() {
    Map<Digest, Body> first = new LinkedHashMap<>();
    for (Map.Entry<TreePath, Name> entry : files.names().entrySet()) {
      Body body = entry.getValue().body();
      FileFacts facts = body == null ? null : body.member.facts();
      if (body == null
          || facts == null
          || body.member.size() < SMALLEST_DUPLICATE
          || counted.contains(body)) {
        continue;
      }
      Body other = first.putIfAbsent(facts.digest(), body);
      if (other != null && other != body) {
        counted.add(body);
        add(
            Waste.Kind.DUPLICATE,
            entry.getKey(),
            body,
            body.member.cost(),
            "same content as " + other.member.path(),
            null);
      }
    }
  }

  private void findDebugInfo() {
    Set<Body> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Map.Entry<TreePath, Name> entry : files.names().entrySet()) {
      Body body = entry.getValue().body();
      FileFacts facts = body == null ? null : body.member.facts();
      if (body != null
          && facts != null
          && facts.strippable() >= SMALLEST_DEBUG_INFO
          && !counted.contains(body)
          && seen.add(body)) {
        add(
            Waste.Kind.DEBUG_INFO,
            entry.getKey(),
            body,
            body.member.body().part(facts.strippable()),
            facts.strippable() + " of " + body.member.size() + " bytes are for debuggers",
            "RUN strip " + entry.getKey());
      }
    }
  }

  private void add(
      Waste.Kind kind,
      TreePath path,
      Body body,
      Cost cost,
      String detail,
      @Nullable String advice) {
    found.add(new Waste(kind, path, body.layer.index(), cost, detail, advice));
  }
}
