package dev.slipway.worker;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.sandbox.chroot.ChrootSandbox;
import dev.slipway.sandbox.chroot.ChrootedProgram;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Where the process starts that becomes a step's program in another root directory. */
public final class ChrootMain {
  private static final String DESCRIPTORS = "/proc/self/fd/";

  private ChrootMain() {}

  /**
   * @param args the root directory
   */
  public static void main(String[] args) {
    try (OutputStream failure = new FileOutputStream(DESCRIPTORS + ChrootSandbox.FAILURE)) {
      try (InputStream in = new FileInputStream(DESCRIPTORS + ChrootSandbox.PROCESS)) {
        ChrootedProgram.execute(args[0], StepRequestCodec.readProcess(new DataInputStream(in)));
      } catch (BuildException e) {
        String hint = e.hint();
        String said = e.getMessage() + (hint == null ? "" : "\0" + hint);
        failure.write(said.getBytes(StandardCharsets.UTF_8));
      } catch (IOException | RuntimeException e) {
        failure.write(String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      e.printStackTrace();
    }
    Runtime.getRuntime().halt(1);
  }
}
