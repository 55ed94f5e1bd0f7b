package dev.slipway.fetch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What {@code git ls-tree -z} prints. */
final class GitListing {
  private GitListing() {}

  /** What a tree of git can hold. */
  enum Kind {
    FILE,
    EXECUTABLE,
    SYMLINK,
    DIRECTORY,
    SUBMODULE
  }

  /**
   * @param object the name of the blob, tree or commit
   * @param path from the directory that was listed
   */
  record Item(Kind kind, String object, byte[] path) {}

  static List<Item> parse(byte[] listing) {
    List<Item> items = new ArrayList<>();
    int start = 0;
    for (int end = 0; end < listing.length; end++) {
      if (listing[end] == 0) {
        items.add(item(listing, start, end));
        start = end + 1;
      }
    }
    return items;
  }

  /** {@code MODE TYPE OBJECT<tab>PATH}. */
  private static Item item(byte[] listing, int start, int end) {
    int tab = start;
    while (tab < end && listing[tab] != '\t') {
      tab++;
    }
    String[] words = new String(listing, start, tab - start, StandardCharsets.US_ASCII).split(" ");
    if (tab == end || words.length != 3) {
      throw new FetchException("git printed a listing that cannot be read");
    }
    return new Item(kind(words[0]), words[2], Arrays.copyOfRange(listing, tab + 1, end));
  }

  private static Kind kind(String mode) {
    return switch (mode) {
      case "100755" -> Kind.EXECUTABLE;
      case "120000" -> Kind.SYMLINK;
      case "040000" -> Kind.DIRECTORY;
      case "160000" -> Kind.SUBMODULE;
      default -> Kind.FILE;
    };
  }
}
