import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Judges PDFs by veraPDF's own rules. Arguments: the flavours with commas between ("ua1,3a"), then files.
 * Prints a tab-separated line for each file and flavour (file, flavour, checks, failed checks), and below it one for each
 * rule that is broken (a tab, clause and test, how often, what it says, where it was first seen).
 */
public class Judge {
  public static void main(String[] arguments) throws Exception {
    Logger.getLogger("").setLevel(Level.OFF);
    VeraGreenfieldFoundryProvider.initialise();
    for (int index = 1; index < arguments.length; index++) {
      for (String id : arguments[0].split(",")) judge(Path.of(arguments[index]), PDFAFlavour.byFlavourId(id));
    }
  }

  private static void judge(Path file, PDFAFlavour flavour) throws Exception {
    try (InputStream bytes = Files.newInputStream(file);
        PDFAParser parser = Foundries.defaultInstance().createParser(bytes, flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
      ValidationResult result = validator.validate(parser);
      int failed = result.getFailedChecks().values().stream().mapToInt(Integer::intValue).sum();
      System.out.println(String.join("\t", file.toString(), flavour.getId(), "" + result.getTotalAssertions(), "" + failed));
      for (Map.Entry<org.verapdf.pdfa.validation.profiles.RuleId, Integer> broken : result.getFailedChecks().entrySet()) {
        TestAssertion first =
            result.getTestAssertions().stream()
                .filter(one -> one.getRuleId().equals(broken.getKey()) && one.getStatus() == TestAssertion.Status.FAILED)
                .findFirst()
                .orElse(null);
        System.out.println(
            String.join(
                "\t",
                "",
                broken.getKey().getClause() + "-" + broken.getKey().getTestNumber(),
                broken.getValue().toString(),
                first == null ? "" : first.getMessage().replaceAll("\\s+", " "),
                first == null ? "" : first.getLocation().getContext()));
      }
    }
  }
}
