package dev.slipway.cli.packaging;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Makes of a value on the stack one of another type, as a method reference does. */
final class Conversion {
  private Conversion() {}

  /**
   * Numbers are widened, boxed and unboxed, references cast; a value is dropped for {@code void}.
   */
  static void write(Type from, Type to, MethodVisitor code) {
    if (from.equals(to)) {
      return;
    }
    if (to.getSort() == Type.VOID) {
      code.visitInsn(from.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
    } else if (isPrimitive(from) && isPrimitive(to)) {
      widen(from, to, code);
    } else if (isPrimitive(from)) {
      Type box = box(from);
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          box.getInternalName(),
          "valueOf",
          Type.getMethodDescriptor(box, from),
          false);
    } else if (isPrimitive(to)) {
      Type box = box(to);
      write(from, box, code);
      code.visitMethodInsn(
          Opcodes.INVOKEVIRTUAL,
          box.getInternalName(),
          to.getClassName() + "Value",
          Type.getMethodDescriptor(to),
          false);
    } else if (!to.getInternalName().equals("java/lang/Object")) {
      code.visitTypeInsn(Opcodes.CHECKCAST, to.getInternalName());
    }
  }

  private static boolean isPrimitive(Type type) {
    return type.getSort() < Type.ARRAY;
  }

  private static void widen(Type from, Type to, MethodVisitor code) {
    if (to.getSort() == Type.LONG && from.getSort() <= Type.INT) {
      code.visitInsn(Opcodes.I2L);
    } else if (to.getSort() != Type.INT || from.getSort() > Type.INT) {
      throw new IllegalArgumentException("a lambda that makes " + to + " of " + from);
    }
  }

  private static Type box(Type primitive) {
    String name =
        switch (primitive.getSort()) {
          case Type.BOOLEAN -> "Boolean";
          case Type.CHAR -> "Character";
          case Type.BYTE -> "Byte";
          case Type.SHORT -> "Short";
          case Type.INT -> "Integer";
          case Type.LONG -> "Long";
          case Type.FLOAT -> "Float";
          case Type.DOUBLE -> "Double";
          default -> throw new IllegalArgumentException("no box for " + primitive);
        };
    return Type.getObjectType("java/lang/" + name);
  }
}
