package dev.slipway.resolve;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths as WORKDIR, COPY and ADD write them; they are always those of a Unix system. */
final class ContainerPaths {
  private ContainerPaths() {}

  /** What WORKDIR sets: an absolute path stays as written, a relative one joins {@code current}. */
  static String workingDirectory(String current, String path) {
    if (path.isEmpty()) {
      return current.isEmpty() ? "/" : current;
    }
    return path.startsWith("/") ? path : clean(current + "/" + path);
  }

  /** Where COPY and ADD write: a slash at the end survives, for it says "directory". */
  static String destination(String workingDirectory, String path) {
    String written = path.isEmpty() || path.equals(".") ? "./" : path;
    if (written.startsWith("/")) {
      return written;
    }
    String joined = clean(workingDirectory + "/" + written);
    if (written.endsWith("/") || written.endsWith("/.")) {
      return joined.endsWith("/") ? joined : joined + "/";
    }
    return joined;
  }

  /** The absolute path without empty, {@code .} and {@code ..} parts; never above the root. */
  static String clean(String path) {
    Deque<String> parts = new ArrayDeque<>();
    int start = 0;
    while (start <= path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      String part = path.substring(start, end);
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
      start = end + 1;
    }
    return "/" + String.join("/", parts);
  }
}
