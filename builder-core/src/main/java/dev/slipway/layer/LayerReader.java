package dev.slipway.layer;

import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Device;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;

/** Reads tar archives: ustar, PAX and GNU, but no sparse files. */
public final class LayerReader {
  // Linux takes no longer path; longer ones only serve to exhaust a reader's stack.
  private static final int MAX_PATH = 4096;

  /** Linux takes no longer target. */
  private static final int MAX_LINK = 4095;

  // Attributes are kept in memory: what compresses well could fill it.
  private static final long MAX_ATTRIBUTES = 16 << 20;
  private static final int MAX_ATTRIBUTES_PER_MEMBER = 1024;

  private static final long TAR_END_BYTES = 2L * TarInput.BLOCK;

  private final TarInput in;
  private final LayerReadOptions options;
  private final LayerVisitor visitor;
  private final ArchiveLinks links = new ArchiveLinks();

  private LayerReader(TarInput in, LayerReadOptions options, LayerVisitor visitor) {
    this.in = in;
    this.options = options;
    this.visitor = visitor;
  }

  /**
   * Tells the visitor of each member, in bounded memory, and reads the stream to its end.
   *
   * @param tar uncompressed; stays open
   * @throws LayerException if the archive is malformed, leaves its root, or goes over a bound
   */
  public static void read(InputStream tar, LayerReadOptions options, LayerVisitor visitor)
      throws IOException {
    long maxBytes = Math.max(options.maxBytes(), TAR_END_BYTES);
    TarInput in = new TarInput(tar, maxBytes);
    new LayerReader(in, options, visitor).readMembers();
    in.drain();
  }

  /**
   * The archive as changes.
   *
   * @param tar uncompressed; stays open
   * @param contents makes the handles of the files
   * @throws LayerException also if a hard link's target is not in the archive
   */
  public static ChangeSet readChanges(
      InputStream tar, LayerReadOptions options, ContentSource contents) throws IOException {
    LayerCollector collector = new LayerCollector(options.origin(), contents);
    read(tar, options, collector);
    return collector.changes();
  }

  private void readMembers() throws IOException {
    TarMembers members = new TarMembers(in);
    long count = 0;
    long attributes = 0;
    for (TarMember member = members.next(); member != null; member = members.next()) {
      if (++count > options.maxEntries()) {
        throw new LayerException(
            "archive has more than the limit of " + options.maxEntries() + " members");
      }
      attributes += member.metadata().xattrs().bytes();
      if (attributes > MAX_ATTRIBUTES + count * MAX_ATTRIBUTES_PER_MEMBER) {
        throw new LayerException(
            "archive has "
                + attributes
                + " bytes of extended attributes for "
                + count
                + " members: at most 16 MiB and 1 KiB a member are accepted");
      }
      visit(member);
    }
  }

  private void visit(TarMember member) throws IOException {
    TreePath named = pathOf(member.name());
    if (named.isRoot()) {
      visitRoot(member);
    } else if (options.whiteouts() == Whiteouts.LITERAL || !WhiteoutNames.occursIn(named)) {
      visitAt(links.resolveParents(named), member);
    } else {
      visitWhiteout(named);
    }
  }

  private void visitRoot(TarMember member) throws IOException {
    if (member.type() != TarMember.DIRECTORY) {
      throw new LayerException(
          "archive member \"" + TarMembers.text(member.name()) + "\" would replace the root");
    }
    visitor.put(TreePath.ROOT, new Directory(member.metadata(), options.origin()));
  }

  private void visitWhiteout(TreePath named) throws IOException {
    if (WhiteoutNames.isBookkeeping(named)) {
      return;
    }
    if (WhiteoutNames.isOpaqueMark(named)) {
      // resolveParents leaves the last component alone, so ask for the mark itself.
      visitor.opaque(links.resolveParents(named).parent());
    } else {
      visitor.whiteout(links.resolveParents(WhiteoutNames.hidden(named)));
    }
  }

  private void visitAt(TreePath path, TarMember member) throws IOException {
    if (member.type() == TarMember.SYMLINK) {
      if (member.linkName().length > MAX_LINK) {
        throw new LayerException(
            "symbolic link \""
                + path
                + "\" with a target of "
                + member.linkName().length
                + " bytes: at most 4095 are accepted");
      }
      links.add(path, member.linkName());
    } else {
      links.replace(path);
    }
    switch (member.type()) {
      case TarMember.DIRECTORY ->
          visitor.put(path, new Directory(member.metadata(), options.origin()));
      case TarMember.FILE -> visitFile(path, member);
      case TarMember.HARD_LINK -> visitHardLink(path, member);
      case TarMember.SYMLINK ->
          visitor.put(
              path, new Symlink(member.metadata(), options.origin(), member.linkName(), false));
      case TarMember.CHARACTER_DEVICE -> visitDevice(path, member, Device.Type.CHARACTER);
      case TarMember.BLOCK_DEVICE -> visitDevice(path, member, Device.Type.BLOCK);
      case TarMember.FIFO -> visitDevice(path, member, Device.Type.FIFO);
      case TarMember.GNU_SPARSE -> throw sparse();
      default ->
          throw new LayerException(
              "archive member \""
                  + path
                  + "\" has the unknown type '"
                  + (char) member.type()
                  + "'");
    }
  }

  private void visitFile(TreePath path, TarMember member) throws IOException {
    long offset = in.position();
    InputStream body = new MemberInputStream(in, member.size());
    visitor.file(path, member.metadata(), member.size(), offset, body);
  }

  private void visitHardLink(TreePath path, TarMember member) throws IOException {
    TreePath target = links.resolveParents(pathOf(member.linkName()));
    if (target.isRoot()) {
      throw new LayerException("hard link \"" + path + "\" points to the root");
    }
    if (!target.equals(path)) {
      links.addHardLink(path, target);
      visitor.link(path, target);
    }
  }

  private void visitDevice(TreePath path, TarMember member, Device.Type type) throws IOException {
    boolean wouldBeWhiteout =
        type == Device.Type.CHARACTER && member.deviceMajor() == 0 && member.deviceMinor() == 0;
    if (wouldBeWhiteout) {
      throw new LayerException(
          "archive member \"" + path + "\" is the device 0:0, which overlays take for a deletion");
    }
    visitor.put(
        path,
        new Device(
            member.metadata(), options.origin(), type, member.deviceMajor(), member.deviceMinor()));
  }

  /** The path that a name means; one that leaves the root is refused. */
  private static TreePath pathOf(byte[] name) {
    if (name.length > MAX_PATH) {
      throw new LayerException(
          "archive member with a name of " + name.length + " bytes: at most 4096 are accepted");
    }
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= name.length; i++) {
      if (i < name.length && name[i] == 0) {
        throw new LayerException("archive member with a NUL byte in its name");
      }
      if (i == name.length || name[i] == '/') {
        depth += depthChange(name, start, i);
        start = i + 1;
      }
      if (depth < 0) {
        throw new LayerException(
            "archive member \"" + TarMembers.text(name) + "\" is outside of the archive's root");
      }
    }
    return TreePath.ofBytes(name);
  }

  private static int depthChange(byte[] name, int start, int end) {
    if (end - start == 2 && name[start] == '.' && name[start + 1] == '.') {
      return -1;
    }
    return end == start || end - start == 1 && name[start] == '.' ? 0 : 1;
  }

  static LayerException sparse() {
    return new LayerException(
        "archive has a sparse file", "make the archive without tar's option --sparse");
  }

  /** The body of the member at which the archive stands. */
  private static final class MemberInputStream extends BlockInputStream {
    private final TarInput in;
    private final long end;

    MemberInputStream(TarInput in, long size) {
      this.in = in;
      this.end = in.position() + size;
    }

    @Override
    public int read(byte[] buffer, int start, int length) throws IOException {
      long left = end - in.position();
      if (left <= 0) {
        return length == 0 ? 0 : -1;
      }
      return in.read(buffer, start, (int) Math.min(length, left));
    }
  }
}
