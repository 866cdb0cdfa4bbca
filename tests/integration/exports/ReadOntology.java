import java.io.File;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.*;

/** Opens a file as Protégé does and tells what its page of a class shows. */
class ReadOntology {
    public static void main(String[] given) throws OWLOntologyCreationException {
        OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
        OWLOntology ontology = manager.loadOntologyFromOntologyDocument(new File(given[0]));
        OWLClass shown = manager.getOWLDataFactory().getOWLClass(IRI.create(given[1]));
        System.out.println("format " + manager.getOntologyFormat(ontology));
        System.out.println("classes " + ontology.getClassesInSignature().size());
        System.out.println("instances " + shown.getIndividuals(ontology).size());
        for (OWLAnnotation one : shown.getAnnotations(ontology)) {
            System.out.println(one.getProperty().getIRI() + " " + one.getValue());
        }
    }
}
