package org.jsocat.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Map;

/** Has the methods of the JDK that connect ask {@link Redirection} where to, before all else. */
final class ConnectCalls implements ClassFileTransformer {
    /** The class, and the method whose first parameter is the address. */
    static final Map<String, String> METHODS =
            Map.of(
                    "java/net/Socket", "connect",
                    "sun/nio/ch/SocketChannelImpl", "connect",
                    "sun/nio/ch/UnixAsynchronousSocketChannelImpl", "implConnect");

    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
        String method = METHODS.get(name);
        if (loader != null || method == null) {
            return null;
        }
        ClassFile format = ClassFile.of(ClassFile.StackMapsOption.STACK_MAPS_WHEN_REQUIRED);
        return format.transformClass(
                format.parse(bytes),
                ClassTransform.transformingMethodBodies(
                        model -> connects(model, name, method), new AtTheBeginning()));
    }

    /** Of a class with two that call each other, the one that does the work. */
    private static boolean connects(MethodModel model, String name, String method) {
        MethodTypeDesc type = model.methodTypeSymbol();
        boolean shorter = name.equals("java/net/Socket") && type.parameterCount() < 2;
        return model.methodName().equalsString(method)
                && type.parameterCount() > 0
                && type.parameterType(0).equals(Redirection.ADDRESS)
                && !shorter;
    }

    private static final class AtTheBeginning implements CodeTransform {
        private static final int FIRST_PARAMETER = 1;

        @Override
        public void atStart(CodeBuilder code) {
            code.aload(FIRST_PARAMETER)
                    .invokestatic(Redirection.NAME, "of", Redirection.OF)
                    .astore(FIRST_PARAMETER);
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
        }
    }
}
