package dev.slipway.cli.packaging;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Compiles the regular expressions of a class each time they are used, and no longer when the class
 * is loaded, where they take a young JVM milliseconds. For classes that seldom use theirs.
 */
final class PatternRewriting {
  private static final String PATTERN = "java/util/regex/Pattern";
  private static final String COMPILE = "(Ljava/lang/String;)L" + PATTERN + ";";

  private final Map<String, String> expressions = new HashMap<>();

  private PatternRewriting() {}

  /**
   * The class with {@code private static final Pattern} fields that stay empty.
   *
   * @throws IllegalStateException if it has none that are compiled of a constant
   */
  static byte[] of(byte[] bytes) {
    PatternRewriting rewriting = new PatternRewriting();
    ClassReader reader = new ClassReader(bytes);
    reader.accept(rewriting.new Initializers(null), 0);
    if (rewriting.expressions.isEmpty()) {
      throw new IllegalStateException("no constant expressions in " + reader.getClassName());
    }
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    reader.accept(rewriting.new Initializers(rewriting.new Uses(writer)), 0);
    return writer.toByteArray();
  }

  /** Takes the expressions out of the initializer, and notes them. */
  private final class Initializers extends ClassVisitor {
    Initializers(@Nullable ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return name.equals("<clinit>") ? new Initializer(next) : next;
    }
  }

  private final class Initializer extends MethodVisitor {
    private @Nullable String constant;
    private boolean compiled;

    Initializer(@Nullable MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitLdcInsn(Object value) {
      flush();
      if (value instanceof String text) {
        constant = text;
      } else {
        super.visitLdcInsn(value);
      }
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String method, String type, boolean isInterface) {
      if (constant != null && !compiled && owner.equals(PATTERN) && type.equals(COMPILE)) {
        compiled = true;
        return;
      }
      flush();
      super.visitMethodInsn(opcode, owner, method, type, isInterface);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String field, String type) {
      if (compiled && constant != null && opcode == Opcodes.PUTSTATIC) {
        expressions.put(field, constant);
        constant = null;
        compiled = false;
        return;
      }
      flush();
      super.visitFieldInsn(opcode, owner, field, type);
    }

    @Override
    public void visitInsn(int opcode) {
      flush();
      super.visitInsn(opcode);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
      flush();
      super.visitVarInsn(opcode, variable);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      flush();
      super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      flush();
      super.visitTypeInsn(opcode, type);
    }

    /** Writes what was held back: it was for something else. */
    private void flush() {
      if (constant != null) {
        super.visitLdcInsn(constant);
        constant = null;
      }
      if (compiled) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, PATTERN, "compile", COMPILE, false);
        compiled = false;
      }
    }
  }

  /** Compiles where the field was read. */
  private final class Uses extends ClassVisitor {
    Uses(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return new MethodVisitor(Opcodes.ASM9, next) {
        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String type) {
          String expression = opcode == Opcodes.GETSTATIC ? expressions.get(field) : null;
          if (expression == null || !type.equals("L" + PATTERN + ";")) {
            super.visitFieldInsn(opcode, owner, field, type);
          } else {
            super.visitLdcInsn(expression);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, PATTERN, "compile", COMPILE, false);
          }
        }
      };
    }
  }
}
