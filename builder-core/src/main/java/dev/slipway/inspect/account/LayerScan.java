package dev.slipway.inspect.account;

import dev.slipway.layer.LayerReadOptions;
import dev.slipway.layer.LayerReader;
import dev.slipway.layer.LayerVisitor;
import dev.slipway.oci.Descriptor;
import dev.slipway.tree.Entry;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one layer and notes where in its archive every member begins and ends. */
final class LayerScan implements LayerVisitor {
  private static final int BLOCK = 512;

  private final MeteredArchive archive;
  private final FileScan files = new FileScan();
  private final List<Seen> seen = new ArrayList<>();

  private LayerScan(MeteredArchive archive) {
    this.archive = archive;
  }

  /** A member and where its body starts; its headers lie between that and the member before. */
  private record Seen(
      Member.Kind kind,
      TreePath path,
      @Nullable Metadata metadata,
      @Nullable TreePath target,
      long bodyStart,
      long size,
      @Nullable FileFacts facts) {

    long end() {
      return bodyStart + (size + BLOCK - 1) / BLOCK * BLOCK;
    }
  }

  /**
   * Reads the blob to its end.
   *
   * @param blob closed here
   * @param history what the history says of the layer
   */
  static LayerAccount read(
      int index, Descriptor descriptor, InputStream blob, Origin history, LayerOrigins origins)
      throws IOException {
    try (MeteredArchive archive = new MeteredArchive(blob)) {
      LayerScan scan = new LayerScan(archive);
      LayerReader.read(archive, LayerReadOptions.layer(Origin.NONE), scan);
      CompressionMap map = archive.finish();
      Origin own = origins.ofLayer(index);
      return scan.account(index, descriptor, own.equals(Origin.NONE) ? history : own, map, origins);
    }
  }

  private LayerAccount account(
      int index, Descriptor descriptor, Origin origin, CompressionMap map, LayerOrigins origins) {
    List<Member> members = new ArrayList<>(seen.size());
    long total = archive.position();
    long at = 0;
    for (Seen each : seen) {
      long bodyEnd = Math.min(total, each.bodyStart + each.size);
      long end = Math.min(total, each.end());
      Cost body = map.between(each.bodyStart, bodyEnd);
      Cost framing = map.between(at, end).minus(body);
      Origin own = origins.ofFile(index, each.path);
      members.add(
          new Member(
              each.kind,
              each.path,
              each.metadata,
              each.target,
              body,
              framing,
              each.facts,
              own.equals(Origin.NONE) ? origin : own));
      at = end;
    }
    return new LayerAccount(
        index, descriptor, origin, members, map.between(at, total), map.between(0, total));
  }

  private void add(
      Member.Kind kind, TreePath path, @Nullable Metadata metadata, @Nullable TreePath target) {
    seen.add(new Seen(kind, path, metadata, target, archive.position(), 0, null));
  }

  @Override
  public void put(TreePath path, Entry entry) {
    boolean directory = entry.kind() == Entry.Kind.DIRECTORY;
    add(directory ? Member.Kind.DIRECTORY : Member.Kind.OTHER, path, entry.metadata(), null);
  }

  @Override
  public void file(TreePath path, Metadata metadata, long size, long offset, InputStream body)
      throws IOException {
    FileFacts facts = files.scan(path, size, body);
    seen.add(new Seen(Member.Kind.FILE, path, metadata, null, offset, size, facts));
  }

  @Override
  public void link(TreePath path, TreePath target) {
    add(Member.Kind.HARD_LINK, path, null, target);
  }

  @Override
  public void whiteout(TreePath path) {
    add(Member.Kind.WHITEOUT, path, null, null);
  }

  @Override
  public void opaque(TreePath path) {
    add(Member.Kind.OPAQUE, path, null, null);
  }
}
