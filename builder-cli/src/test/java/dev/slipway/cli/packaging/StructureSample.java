package dev.slipway.cli.packaging;

import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** A structure for {@link JnaRewritingTest}. */
@FieldOrder({"second", "first"})
public final class StructureSample extends Structure {
  public int first;
  public long second;
}
