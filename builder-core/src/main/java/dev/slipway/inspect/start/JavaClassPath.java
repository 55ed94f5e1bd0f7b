package dev.slipway.inspect.start;

import dev.slipway.inspect.start.ImageFiles.Found;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** Where Java looks for classes: directories and archives, and what the archives name besides. */
final class JavaClassPath {
  private static final int MAX_CLASS = 1 << 20;
  private static final int MAX_MANIFEST = 1 << 20;
  private static final int MAX_ARCHIVES = 1000;
  private static final int MAX_MEMBERS = 500_000;
  private static final String VERSIONS = "META-INF/versions/";
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  private final ImageFiles files;
  private final List<String> directories = new ArrayList<>();
  private final List<ZipDirectory> archives = new ArrayList<>();
  private final Set<String> missing = new LinkedHashSet<>();
  private final Set<String> seen = new LinkedHashSet<>();
  private int members;
  private boolean known = true;

  JavaClassPath(ImageFiles files, List<String> entries) {
    this.files = files;
    for (String entry : entries) {
      if (entry.endsWith("/*") || entry.equals("*")) {
        addArchives(entry.substring(0, entry.length() - 1));
      } else {
        add(entry.isEmpty() ? "." : entry);
      }
    }
  }

  /** Names that lead nowhere. */
  Set<String> missing() {
    return missing;
  }

  /** Whether all of it can be looked into. */
  boolean isKnown() {
    return known;
  }

  private void addArchives(String directory) {
    String name = directory.isEmpty() ? "." : directory;
    if (!(files.entry(name) instanceof Directory entries)) {
      missing.add(directory + "*");
      return;
    }
    for (int i = 0; i < entries.size(); i++) {
      String child = new String(entries.nameAt(i), StandardCharsets.UTF_8);
      if (child.endsWith(".jar") || child.endsWith(".JAR")) {
        add(name + "/" + child);
      }
    }
  }

  private void add(String name) {
    Entry entry = files.entry(name);
    if (!known || !seen.add(files.absolute(name).toString()) || seen.size() > MAX_ARCHIVES) {
      known &= seen.size() <= MAX_ARCHIVES;
    } else if (entry instanceof Directory) {
      directories.add(name);
    } else if (entry == null) {
      missing.add(name);
    } else {
      files.file(name).ifPresent(found -> addArchive(name, found));
    }
  }

  private void addArchive(String name, Found found) {
    if (!files.identity().mayRead(found.file().metadata())) {
      missing.add(name + " (not readable)");
      return;
    }
    if (!files.isAtHand(found.file())) {
      known = false;
      return;
    }
    ZipDirectory archive = ZipDirectory.read(found.file());
    if (archive == null) {
      return;
    }
    members += archive.names().size();
    if (!archive.isKnown() || members > MAX_MEMBERS) {
      known = false;
      return;
    }
    archives.add(archive);
    Manifest manifest = manifest(archive);
    String others =
        manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
    String directory = name.substring(0, name.lastIndexOf('/') + 1);
    for (String other : others == null ? new String[0] : others.strip().split("\\s+")) {
      String path = other.replaceFirst("^file:(//)?", "");
      if (path.indexOf('%') >= 0 || path.indexOf(':') >= 0) {
        known = false;
      } else if (!path.isEmpty()) {
        add(path.startsWith("/") ? path : directory + path);
      }
    }
  }

  static @Nullable Manifest manifest(ZipDirectory archive) {
    for (String name : archive.names()) {
      if (name.equalsIgnoreCase(MANIFEST)) {
        try {
          return new Manifest(new ByteArrayInputStream(archive.start(name, MAX_MANIFEST)));
        } catch (IOException e) {
          return null;
        }
      }
    }
    return null;
  }

  /**
   * The bytes of a class, or null.
   *
   * @param name with slashes
   */
  byte @Nullable [] find(String name) {
    String file = name + ".class";
    for (String directory : directories) {
      Found found = files.file(directory + "/" + file).orElse(null);
      if (found != null && files.identity().mayRead(found.file().metadata())) {
        return files.isAtHand(found.file())
            ? ImageFiles.start(found.file(), MAX_CLASS)
            : new byte[0];
      }
    }
    for (ZipDirectory archive : archives) {
      if (archive.has(file)) {
        return archive.start(file, MAX_CLASS);
      }
    }
    for (ZipDirectory archive : archives) {
      for (String member : archive.names()) {
        if (member.startsWith(VERSIONS) && member.endsWith("/" + file)) {
          return archive.start(member, MAX_CLASS);
        }
      }
    }
    return null;
  }

  /** A class of the same simple name in another package, or null. */
  @Nullable String alike(String name) {
    String end = name.substring(name.lastIndexOf('/') + 1) + ".class";
    for (ZipDirectory archive : archives) {
      for (String member : archive.names()) {
        if (member.endsWith("/" + end) || member.equals(end)) {
          return member.substring(0, member.length() - ".class".length()).replace('/', '.');
        }
      }
    }
    return null;
  }
}
