package dev.slipway.export;

import dev.slipway.oci.Descriptor;
import java.util.List;

/**
 * What was written.
 *
 * @param root the index or manifest
 * @param where a path, or the names that were pushed
 * @param notices what could not be written as the image has it, one line each, for people
 */
public record ExportResult(Descriptor root, List<String> where, List<String> notices) {
  public ExportResult {
    where = List.copyOf(where);
    notices = List.copyOf(notices);
  }
}
