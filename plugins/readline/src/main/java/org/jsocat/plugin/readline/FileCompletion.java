package org.jsocat.plugin.readline;

import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

import java.io.File;
import java.util.List;

/** Completes the names of files, as GNU readline does where nothing else is asked for. */
final class FileCompletion implements Completer {
    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String word = line.word().substring(0, line.wordCursor());
        int slash = word.lastIndexOf('/');
        String folder = word.substring(0, slash + 1);
        String start = word.substring(slash + 1);
        String[] names = new File(folder.isEmpty() ? "." : folder).list();
        if (names == null) {
            return;
        }
        for (String name : names) {
            boolean hidden = name.startsWith(".") && !start.startsWith(".");
            if (!hidden && name.startsWith(start)) {
                boolean isFolder = new File(folder + name).isDirectory();
                String value = folder + name + (isFolder ? "/" : "");
                candidates.add(new Candidate(value, name, null, null, null, null, !isFolder));
            }
        }
    }
}
