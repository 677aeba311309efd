import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.File;

/** What DSS says of each signature: file, format with level, indication, and why. Arguments: the trusted root, the files. */
public class Judge {
    public static void main(String[] arguments) {
        CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
        trusted.addCertificate(DSSUtils.loadCertificate(new File(arguments[0])));
        for (int at = 1; at < arguments.length; at++) {
            // No sources of its own for certificates and revocation: what is needed must be in the file.
            CommonCertificateVerifier verifier = new CommonCertificateVerifier();
            verifier.setTrustedCertSources(trusted);
            verifier.setAIASource(null);
            SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new FileDocument(arguments[at]));
            validator.setCertificateVerifier(verifier);
            SimpleReport report = validator.validateDocument().getSimpleReport();
            for (String id : report.getSignatureIdList()) {
                System.out.println(String.join("\t",
                    arguments[at],
                    String.valueOf(report.getSignatureFormat(id)),
                    String.valueOf(report.getIndication(id)),
                    String.valueOf(report.getSubIndication(id)),
                    String.valueOf(report.getAdESValidationErrors(id).stream().map(one -> one.getValue()).toList()),
                    String.valueOf(report.getAdESValidationWarnings(id).stream().map(one -> one.getValue()).toList())));
            }
        }
    }
}
