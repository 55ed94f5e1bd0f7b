package dev.slipway.cli.packaging;

import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Has Apache's HTTP client log nothing, by a class of commons-logging that does so. To find out
 * what to log with, commons-logging opens the jar and looks for its configuration in it, which
 * takes a young JVM as long as a request.
 */
final class HttpRewriting {
  private static final String FACTORY = "org/apache/commons/logging/LogFactory";
  private static final String GET_LOG = "getLog";
  private static final String SILENT = "org/apache/commons/logging/impl/NoOpLog";

  private HttpRewriting() {}

  /**
   * @param classes of the client, by internal name
   * @return those of them that change
   */
  static Map<String, byte[]> of(Map<String, byte[]> classes) {
    Map<String, byte[]> changed = new TreeMap<>();
    classes.forEach(
        (name, bytes) -> {
          ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
          Silencing silencing = new Silencing(writer);
          new ClassReader(bytes).accept(silencing, 0);
          if (silencing.logs) {
            changed.put(name, writer.toByteArray());
          }
        });
    return changed;
  }

  private static final class Silencing extends ClassVisitor {
    private boolean logs;

    Silencing(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return new MethodVisitor(Opcodes.ASM9, next) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String method, String type, boolean isInterface) {
          if (owner.equals(FACTORY) && method.equals(GET_LOG)) {
            logs = true;
            super.visitInsn(Opcodes.POP); // what it would log for
            super.visitTypeInsn(Opcodes.NEW, SILENT);
            super.visitInsn(Opcodes.DUP);
            super.visitMethodInsn(Opcodes.INVOKESPECIAL, SILENT, "<init>", "()V", false);
          } else {
            super.visitMethodInsn(opcode, owner, method, type, isInterface);
          }
        }
      };
    }
  }
}
