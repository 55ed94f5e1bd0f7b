package dev.slipway.inspect.account;

import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * One member of a layer's archive.
 *
 * @param path for a whiteout, what it hides
 * @param metadata null for a hard link or a whiteout, which have none of their own
 * @param target what a hard link is another name of; otherwise null
 * @param body what the content costs; nothing where there is none
 * @param framing what headers and padding cost
 * @param facts what is known of the content of a file; otherwise null
 * @param origin the instruction that made it, or {@link Origin#NONE}
 */
public record Member(
    Kind kind,
    TreePath path,
    @Nullable Metadata metadata,
    @Nullable TreePath target,
    Cost body,
    Cost framing,
    @Nullable FileFacts facts,
    Origin origin) {

  /** What a member does to the files. */
  public enum Kind {
    FILE,
    DIRECTORY,
    /** A symbolic link or a device. */
    OTHER,
    HARD_LINK,
    WHITEOUT,
    OPAQUE
  }

  public Cost cost() {
    return body.plus(framing);
  }

  /** The length of the content. */
  public long size() {
    return body.unpacked();
  }
}
