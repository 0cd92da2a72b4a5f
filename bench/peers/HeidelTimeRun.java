// Tags the time expressions of every document of a folder with HeidelTime, in one Java process.
import de.unihd.dbs.heideltime.standalone.DocumentType;
import de.unihd.dbs.heideltime.standalone.HeidelTimeStandalone;
import de.unihd.dbs.heideltime.standalone.OutputType;
import de.unihd.dbs.heideltime.standalone.POSTagger;
import de.unihd.dbs.uima.annotator.heideltime.resources.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.text.SimpleDateFormat;
import java.util.List;
import java.util.logging.LogManager;
import java.util.stream.Collectors;

public class HeidelTimeRun {
    /** Arguments: configuration; folder of NAME.txt whose first line is the document's date; folder for NAME.tml. */
    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        HeidelTimeStandalone tagger = new HeidelTimeStandalone(Language.ENGLISH, DocumentType.NEWS,
                OutputType.TIMEML, arguments[0], POSTagger.TREETAGGER, true);
        SimpleDateFormat day = new SimpleDateFormat("yyyy-MM-dd");
        List<Path> paths = Files.list(Paths.get(arguments[1])).sorted().collect(Collectors.toList());
        for (Path path : paths) {
            String[] parts = Files.readString(path).split("\n", 2);
            String name = path.getFileName().toString().replace(".txt", ".tml");
            Files.writeString(Paths.get(arguments[2], name), tagger.process(parts[1], day.parse(parts[0])));
        }
    }
}
