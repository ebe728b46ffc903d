package org.jsocat.agent;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.classfile.ClassFile.ACC_VOLATILE;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/**
 * The class that connecting methods of the JDK call. It is made here and becomes one of the JDK's
 * own, as those see no other; a class on the boot class path would cost the program its archive of
 * shared classes. It is
 *
 * <pre>{@code
 * public static volatile UnaryOperator<SocketAddress> way;
 *
 * public static SocketAddress of(SocketAddress wanted) {
 *     return way.apply(wanted);
 * }
 * }</pre>
 */
final class Redirection {
    /** Its name. */
    static final ClassDesc NAME = ClassDesc.of("java.net.JsocatRedirection");

    /** The field with what to ask; set before anybody calls. */
    static final String WAY = "way";

    static final ClassDesc ADDRESS = ClassDesc.of("java.net.SocketAddress");
    static final MethodTypeDesc OF = MethodTypeDesc.of(ADDRESS, ADDRESS);

    private static final ClassDesc OPERATOR = ClassDesc.of("java.util.function.UnaryOperator");
    private static final MethodTypeDesc APPLY =
            MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object);

    private Redirection() {}

    static byte[] bytes() {
        return ClassFile.of()
                .build(
                        NAME,
                        type ->
                                type.withFlags(ACC_PUBLIC | ACC_FINAL)
                                        .withField(
                                                WAY,
                                                OPERATOR,
                                                ACC_PUBLIC | ACC_STATIC | ACC_VOLATILE)
                                        .withMethodBody(
                                                "of",
                                                OF,
                                                ACC_PUBLIC | ACC_STATIC,
                                                code ->
                                                        code.getstatic(NAME, WAY, OPERATOR)
                                                                .aload(0)
                                                                .invokeinterface(
                                                                        OPERATOR, "apply", APPLY)
                                                                .checkcast(ADDRESS)
                                                                .areturn()));
    }
}
