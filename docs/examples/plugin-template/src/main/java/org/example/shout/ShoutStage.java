package org.example.shout;

import org.jsocat.spi.Endpoint;
import org.jsocat.spi.OpenContext;
import org.jsocat.spi.StageEndpoint;

import java.nio.ByteBuffer;

/**
 * Makes the letters a to z upper case that are read through it; what is written passes as it is.
 */
final class ShoutStage extends StageEndpoint {
    ShoutStage(OpenContext context, Endpoint inner) {
        super(context, inner);
    }

    @Override
    public int read(ByteBuffer target) {
        int start = target.position();
        int count = inner().read(target);
        for (int i = start; i < target.position(); i++) {
            byte letter = target.get(i);
            if (letter >= 'a' && letter <= 'z') {
                target.put(i, (byte) (letter - 'a' + 'A'));
            }
        }
        return count;
    }
}
